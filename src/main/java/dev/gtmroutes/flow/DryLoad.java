// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.flow.files.LoadProblem;
import dev.gtmroutes.flow.settings.DrySettings;
import dev.gtmroutes.lint.Lint;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.ForeignCode;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Makes the routes of flows as the program does, in a Camel of its own, but starts none: nothing is read and nothing sent.
 * A file that names code of its own is not loaded at all, for its constructors would run. What is made may look at its data
 * directory already, so it gets an empty one that is deleted afterwards.
 */
public final class DryLoad implements AutoCloseable {

    private static final String DATA = "gtm.data";

    /**
     * What came of the load of a file.
     *
     * @param problems  why its flows cannot be loaded, a line each; none if they can
     * @param notLoaded what it names that would run, a noun, so that it was not loaded; empty if it was
     */
    public record Checked(List<String> problems, String notLoaded) {
    }

    private final CamelContext camel = new DefaultCamelContext();
    private final CheckedParts parts = new CheckedParts();
    private final Kamelets known;
    private final Path data;
    private final FlowLoader loader;
    private final Map<String, String> kamelets;

    /** @param lint knows the Kamelets */
    public DryLoad(Lint lint, DrySettings settings) throws IOException {
        this(lint.kamelets(), settings);
    }

    /**
     * @param known    the Kamelets that flows can call
     * @param settings as the program would find them
     * @throws IOException if there can be no temporary directory
     */
    public DryLoad(Kamelets known, DrySettings settings) throws IOException {
        this.known = known;
        this.data = Files.createTempDirectory("gtm-validate");
        Properties own = new Properties();
        own.setProperty(DATA, data.toString());
        // Settings that are system properties come from the source below: by itself, Camel would ask them before its
        // overrides.
        if (camel.getPropertiesComponent() instanceof PropertiesComponent component) {
            component.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        }
        camel.getPropertiesComponent().setOverrideProperties(own);
        camel.getPropertiesComponent().addPropertiesSource(settings);
        camel.setAutoStartup(false);
        Opening.atOnce(camel);
        // Camel would tell of its start and end as if the program had started and ended.
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        camel.start();
        parts.install(camel);
        Templates templates = new Templates();
        templates.serve(camel);
        this.loader = new FlowLoader(camel, templates);
        this.kamelets = known.all().stream().collect(
                Collectors.toMap(KameletDefinition::fileName, each -> each.file().text()));
    }

    /** @return why the flows in this file cannot be loaded, a line each; none if they can, or if it is not loaded */
    public List<String> problems(Path file) {
        return check(file).problems();
    }

    /** Loads the flows of a file that runs nothing of its own. */
    public Checked check(Path file) {
        YamlFile yaml = YamlFile.read(file);
        if (!yaml.problems().isEmpty()) {
            return new Checked(yaml.problems().stream().map(Finding::toString).toList(), "");
        }
        String code = new ForeignCode(known).in(yaml).orElse("");
        if (!code.isEmpty()) {
            return new Checked(List.of(), code);
        }
        parts.takeRefused();
        try {
            loader.load(new FlowVersion(file, yaml.text(), Set.of(), kamelets, Map.of()), null, Map.of());
            return new Checked(List.of(), "");
        } catch (Exception e) {
            return parts.takeRefused().map(refused -> new Checked(List.of(), refused))
                    .orElseGet(() -> new Checked(List.of(new LoadProblem(file, Secrets.of(camel)).explain(e)), ""));
        }
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(DryLoad::delete);
        }
    }

    private static void delete(Path each) {
        try {
            Files.deleteIfExists(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
