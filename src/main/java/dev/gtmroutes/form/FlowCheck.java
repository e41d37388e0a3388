// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.flow.DryLoad;
import dev.gtmroutes.flow.settings.DrySettings;
import dev.gtmroutes.lint.flow.FlowLint;
import dev.gtmroutes.lint.flow.ResponseFlows;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.ConsoleLimits;
import dev.gtmroutes.lint.trust.TemplateFlows;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Whether a text may become the file of a flow: the linter has nothing against it, and it can be loaded. */
public final class FlowCheck {

    /** The word that somebody types who has understood that something cannot be undone. */
    public static final String CONFIRMATION = "irreversible";

    private static final Pattern LINE = Pattern.compile("line (\\d+): (.*)");

    private final Kamelets known;
    private final ConsoleLimits limits;
    private final DrySettings settings;
    private final Supplier<List<YamlFile>> others;

    /**
     * @param known  the Kamelets that flows can call
     * @param limits what may be saved
     * @param others the files of all flows, also the one that is checked as it was before
     */
    FlowCheck(Kamelets known, ConsoleLimits limits, Supplier<List<YamlFile>> others) {
        this.known = known;
        this.limits = limits;
        this.others = others;
        Config config = ConfigProvider.getConfig();
        Set<String> names = new TreeSet<>();
        config.getPropertyNames().forEach(names::add);
        this.settings = new DrySettings(names, name -> EditRights.value(config, name));
    }

    /** What keeps a new flow from being saved, by field; what only could be better is left out. */
    public List<FieldFinding> findings(FlowForm form) {
        List<FieldFinding> choice = choice(form);
        return choice.isEmpty() ? findings(YamlFile.of(Path.of("flow.yaml"), FlowText.of(form, known))) : choice;
    }

    /** Whether both ends are chosen. */
    List<FieldFinding> choice(FlowForm form) {
        List<FieldFinding> findings = new ArrayList<>();
        if (!isOf(form.source(), "source")) {
            findings.add(new FieldFinding("source", "Choose a source."));
        }
        if (!isOf(form.template(), "sink")) {
            findings.add(new FieldFinding("template", "Choose a template."));
        }
        return findings;
    }

    private boolean isOf(String kamelet, String type) {
        return known.find(kamelet).filter(each -> each.type().equals(type)).isPresent();
    }

    /** The same of a file that a form can show. */
    List<FieldFinding> findings(YamlFile file) {
        FieldLines lines = new FieldLines(file, known);
        return mistakes(file).stream().map(each -> {
            String field = lines.field(each.line(), each.message());
            return new FieldFinding(field, lines.labelled(field, message(each, field)));
        }).toList();
    }

    /** What the linter has against any file of flows, and what the console may not save of it. Nothing is loaded. */
    List<Finding> mistakes(YamlFile file) {
        return Stream.of(new FlowLint(known, Settings.of(settings::has), SampleFiles.NONE).check(file),
                new TemplateFlows(known, limits).check(file), responses(file)).flatMap(List::stream)
                .filter(each -> !each.isWarning() || each.rule().equals(ResponseFlows.MISSING))
                .sorted(Finding.IN_ORDER).toList();
    }

    /** Here a flow can only be named that there is. */
    private List<Finding> responses(YamlFile file) {
        if (!file.text().contains(ResponseFlows.PARAMETER)) {
            return List.of();
        }
        List<String> ids = ResponseFlows.ids(file);
        List<YamlFile> all = new ArrayList<>(List.of(file));
        others.get().stream().filter(each -> !each.path().equals(file.path()) && ResponseFlows.ids(each).stream().noneMatch(
                ids::contains)).forEach(all::add);
        return new ResponseFlows(known, all).check(file);
    }

    /** The linter speaks to somebody who writes YAML. */
    private static String message(Finding finding, String field) {
        if (finding.rule().equals("missing-parameter") && field.contains(".")) {
            return "Enter a value.";
        }
        return finding.rule().equals("irreversible") ? "This endpoint cannot be undone. To confirm, type the word "
                + CONFIRMATION : finding.message();
    }

    /**
     * Tries to load a file, without starting anything.
     *
     * @return why it cannot be loaded, by field where it is one that a form can show
     */
    List<FieldFinding> loadFindings(YamlFile file) {
        if ("runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            // Camel can be made once only in a native image (camel-quarkus#6049). The load itself will tell.
            return List.of();
        }
        boolean isForm = StoredFlow.of(file, 1, known).form().isPresent();
        return loadProblems(file).stream().map(each -> {
            Matcher problem = LINE.matcher(each);
            if (!isForm || !problem.matches()) {
                return new FieldFinding("", each);
            }
            FieldLines lines = new FieldLines(file, known);
            String field = lines.field(Integer.parseInt(problem.group(1)), problem.group(2));
            return field.isEmpty() ? new FieldFinding("", each)
                    : new FieldFinding(field, lines.labelled(field, problem.group(2)));
        }).toList();
    }

    private List<String> loadProblems(YamlFile file) {
        try {
            Path folder = Files.createTempDirectory("gtm-flow");
            Path copy = Files.writeString(folder.resolve(file.path().getFileName()), file.text());
            try (DryLoad dry = new DryLoad(known, settings)) {
                // It is not the copy that is told of, but what was to become a file.
                return dry.problems(copy).stream()
                        .map(each -> each.replace(copy + ": ", "").replace(copy + ":", "line ")).toList();
            } finally {
                Files.delete(copy);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
