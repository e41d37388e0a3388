// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.lint.flow.FlowLint;
import dev.gtmroutes.lint.flow.LookupFlows;
import dev.gtmroutes.lint.flow.ResponseFlows;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.KameletLint;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;

/** Checks a whole directory of routes: {@code kamelets/} and {@code flows/}. */
public final class Lint {

    private final Path routes;
    private final Settings settings;
    private final Kamelets known;

    /** Flows can also call the Kamelets on the classpath; those in the directory come first. */
    public Lint(Path routes, Settings settings) {
        this.routes = routes;
        this.settings = settings;
        this.known = Kamelets.in(routes.resolve("kamelets"))
                .or(Kamelets.onClasspath(Thread.currentThread().getContextClassLoader()));
    }

    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        for (Path each : kameletFiles()) {
            findings.addAll(KameletLint.check(KameletDefinition.read(each), known));
        }
        Map<Path, YamlFile> flows = new LinkedHashMap<>();
        flowFiles().forEach(each -> flows.put(each, YamlFile.read(each)));
        ResponseFlows links = new ResponseFlows(known, flows.values());
        LookupFlows lookups = new LookupFlows(flows.values());
        flows.forEach((path, flow) -> {
            findings.addAll(new FlowLint(known, settings, samples(path)).check(flow));
            findings.addAll(links.check(flow));
            findings.addAll(lookups.check(flow));
        });
        return findings;
    }

    private static SampleFiles samples(Path flow) {
        Path samples = SampleFiles.beside(flow);
        return Files.exists(samples) ? SampleFiles.read(samples) : SampleFiles.NONE;
    }

    /** The Kamelets that flows can call. */
    public Kamelets kamelets() {
        return known;
    }

    /** The files of Kamelets in the directory, in the order of their names. */
    public List<Path> kameletFiles() {
        return Kamelets.files(routes.resolve("kamelets"));
    }

    /** The files of flows in the directory, in the order of their names. */
    public List<Path> flowFiles() {
        try {
            return FolderContent.of(routes.resolve("flows")).stream()
                    .filter(each -> each.getFileName().toString().matches("[^.].*\\.ya?ml")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
