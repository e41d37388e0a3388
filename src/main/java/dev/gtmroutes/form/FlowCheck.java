// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.flow.DryLoad;
import dev.gtmroutes.flow.settings.DrySettings;
import dev.gtmroutes.lint.flow.FlowLint;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Whether a text may become the file of a flow: the linter has nothing against it, and it can be loaded. */
public final class FlowCheck {

    /** The word that somebody types who has understood that something cannot be undone. */
    public static final String CONFIRMATION = "irreversible";

    private static final Pattern LINE = Pattern.compile("line (\\d+): (.*)");

    private final Kamelets known;
    private final DrySettings settings;

    /** @param known the Kamelets that flows can call */
    public FlowCheck(Kamelets known) {
        this.known = known;
        Config config = ConfigProvider.getConfig();
        Set<String> names = new TreeSet<>();
        config.getPropertyNames().forEach(names::add);
        this.settings = new DrySettings(names, name -> value(config, name));
    }

    private static Optional<String> value(Config config, String name) {
        try {
            return config.getOptionalValue(name, String.class);
        } catch (NoSuchElementException e) {
            // It is made of one that there is not, such as ${ACME_KEY}.
            return Optional.empty();
        }
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

    /** What the linter has against any file of flows. */
    List<Finding> mistakes(YamlFile file) {
        return new FlowLint(known, Settings.of(settings::has), SampleFiles.NONE).check(file).stream()
                .filter(each -> !each.isWarning()).toList();
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

    /** Which field of a form a line of its file belongs to. */
    private static final class FieldLines {

        private record Field(int line, String prefix, String name, String label) {

            String path() {
                return prefix + name;
            }
        }

        private final List<Field> fields = new ArrayList<>();

        FieldLines(YamlFile file, Kamelets known) {
            YamlNode route = file.root().items().get(0).get("route");
            for (String each : List.of("id", "description", "autoStartup")) {
                fields.add(new Field(route.get(each).line(), "", each, each));
            }
            call(route.get("from"), "source", "source.", known);
            call(route.get("from").get("steps").items().get(0).get("to"), "template", "sink.", known);
        }

        private void call(YamlNode call, String kamelet, String prefix, Kamelets known) {
            String name = call.get("uri").text().replaceFirst("^kamelet:", "");
            int line = call.get("uri").line();
            call.get("parameters").entries().forEach(each -> fields.add(new Field(each.line(), prefix, each.key(),
                    known.find(name).flatMap(found -> found.parameter(each.key())).map(Parameter::label)
                            .orElse(each.key()))));
            // What is missing is told where the call stands.
            known.find(name).map(KameletDefinition::parameters).orElse(List.of())
                    .forEach(each -> fields.add(new Field(line, prefix, each.name(), each.label())));
            fields.add(new Field(line, "", kamelet, kamelet));
        }

        /** The field at this line that the message names, or else the last one there; empty if none is. */
        String field(int line, String message) {
            List<Field> here = fields.stream().filter(each -> each.line == line).toList();
            return here.stream().filter(each -> names(message, each.name) || message.startsWith(each.label + ": "))
                    .findFirst().map(Field::path)
                    .orElse(here.isEmpty() ? "" : here.get(here.size() - 1).path());
        }

        /** The message for people, who see the labels of fields and not their names. */
        String labelled(String field, String message) {
            return fields.stream().filter(each -> each.path().equals(field)).findFirst()
                    .map(each -> Parameter.labelled(message, each.name, each.label)).orElse(message);
        }

        private static boolean names(String message, String parameter) {
            return Pattern.compile("(?<![\\w.-])" + Pattern.quote(parameter) + "(?![\\w-])").matcher(message).find();
        }
    }
}
