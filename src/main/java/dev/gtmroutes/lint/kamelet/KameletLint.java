// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.lint.flow.Argument;
import dev.gtmroutes.lint.flow.CallRule;
import dev.gtmroutes.lint.flow.CutValues;
import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.flow.KameletCalls;
import dev.gtmroutes.lint.flow.KnownParameters;
import dev.gtmroutes.lint.flow.RequiredParameters;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.flow.ValueTypes;
import dev.gtmroutes.lint.yaml.CanonicalYaml;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;
import dev.gtmroutes.parameter.DidYouMean;

/** Checks the file of a Kamelet, by the rules of Camel's own catalogue and of this project. */
public final class KameletLint {

    private static final List<KameletRule> RULES = List.of(new Identity(), KameletLint::sectionOrder, KameletLint::titles,
            new CatalogueForm(), KameletLint::parameterSchemas, new ParameterUse(), new PasswordMarks(), new Dependencies(),
            KameletLint::rawValues, KameletLint::templateLength, KameletLint::nestedSteps, new VendorApiParts(),
            (kamelet, report) -> new CanonicalYaml().check(kamelet.template(), report));

    private static final List<CallRule> CALL_RULES = List.of(new KnownParameters(),
            new RequiredParameters(Settings.UNKNOWN), new ValueTypes(), new CutValues(null));

    private static final List<String> PARAMETER_TYPES = List.of("string", "integer", "number", "boolean");
    private static final int MOST_TEMPLATE_LINES = 90;

    private KameletLint() {
    }

    /** Checks what is in the file itself. */
    public static List<Finding> check(KameletDefinition kamelet) {
        Report report = new Report(kamelet.path());
        if (kamelet.root().exists()) {
            RULES.forEach(each -> each.check(kamelet, report));
        }
        return with(kamelet.file().problems(), report);
    }

    /** Checks the file, and how it calls other Kamelets. */
    public static List<Finding> check(KameletDefinition kamelet, Kamelets known) {
        Report report = new Report(kamelet.path());
        new KameletCalls(known, CALL_RULES).check(kamelet.template(), report);
        return with(check(kamelet), report);
    }

    private static List<Finding> with(List<Finding> others, Report report) {
        List<Finding> all = new ArrayList<>(others);
        all.addAll(report.findings());
        all.sort(Finding.IN_ORDER);
        return List.copyOf(all);
    }

    /** All Kamelets have the same sections in the same order, so that a reader finds everything in its place. */
    private static void sectionOrder(KameletDefinition kamelet, Report report) {
        YamlNode root = kamelet.root();
        inOrder(root, List.of("apiVersion", "kind", "metadata", "spec"), report);
        inOrder(root.get("metadata"), List.of("name", "annotations", "labels"), report);
        inOrder(root.get("spec"), List.of("definition", "types", "dataTypes", "dependencies", "template"), report);
        inOrder(kamelet.definition(), List.of("title", "description", "type", "required", "properties"), report);
        inOrder(kamelet.template(), List.of("beans", "route", "from"), report);
    }

    private static void inOrder(YamlNode section, List<String> order, Report report) {
        int reached = 0;
        for (YamlNode.Entry each : section.entries()) {
            int place = order.indexOf(each.key());
            if (place < 0) {
                report.tell(each.line(), "section-order", each.key() + " is not a section. Sections are "
                        + String.join(", ", order));
            } else if (place < reached) {
                report.tell(each.line(), "section-order", each.key() + " is in the wrong place. Put it before "
                        + order.get(reached) + ", the order is " + String.join(", ", order));
            }
            reached = Math.max(reached, place);
        }
    }

    /** Everything a user meets has a title and a description. */
    private static void titles(KameletDefinition kamelet, Report report) {
        described(kamelet.definition(), "the definition", report);
        for (Parameter each : kamelet.parameters()) {
            described(each.schema(), "parameter " + each.name(), report);
        }
    }

    private static void described(YamlNode described, String what, Report report) {
        if (described.get("title").text().isBlank()) {
            report.tell(described.line(), "text", what + " has no title. Add one: forms and tables show it");
        }
        YamlNode description = described.get("description");
        if (description.text().isBlank()) {
            report.tell(described.line(), "text", what + " has no description. Describe its purpose in one sentence");
        } else if (!description.text().strip().endsWith(".")) {
            report.tell(description.line(), "text", "the description of " + what
                    + " does not end with a full stop. Write complete sentences");
        }
    }

    /** Parameters are declared so that values can be checked, and their own defaults pass that check. */
    private static void parameterSchemas(KameletDefinition kamelet, Report report) {
        for (Parameter each : kamelet.parameters()) {
            if (!PARAMETER_TYPES.contains(each.type())) {
                report.tell(each.line(), "parameter-type", "parameter " + each.name() + " has the type '" + each.type()
                        + "'. Write " + String.join(", ", PARAMETER_TYPES));
            }
            if (each.defaultValue() != null && !each.defaultValue().isEmpty()) {
                each.refuses(each.defaultValue()).ifPresent(why -> report.tell(each.schema().get("default").line(),
                        "default", "a flow could not use this default: " + why));
            }
        }
        for (YamlNode each : kamelet.definition().get("required").items()) {
            if (kamelet.parameter(each.text()).isEmpty()) {
                report.tell(each.line(), "required", "required parameter " + each.text() + " is not declared"
                        + DidYouMean.suggestion(each.text(), kamelet.parameterNames(), ". Declare it, or remove it here"));
            }
        }
    }

    /** A Kamelet hands a user's text on unharmed: Camel would cut it off at its first {@code &}. */
    private static void rawValues(KameletDefinition kamelet, Report report) {
        for (EndpointCall call : EndpointCall.in(kamelet.template())) {
            if (call.kamelet().isPresent()) {
                call.arguments().stream().filter(each -> !each.isRaw()).forEach(each -> rawValue(each, kamelet, report));
            }
        }
    }

    private static void rawValue(Argument argument, KameletDefinition kamelet, Report report) {
        for (Placeholder each : Placeholder.in(argument.value())) {
            boolean freeText = kamelet.parameter(each.name()).filter(Parameter::isFreeText).isPresent();
            if (freeText && !namesCredentialInPath(argument.value(), each.name())) {
                report.tell(argument.line(), "raw", "{{" + each.name() + "}} can be any text, and Camel cuts it off at an "
                        + "&. Write " + argument.name() + ": \"RAW(" + argument.value() + ")\"");
            }
        }
    }

    /** The credential is part of the route id in an endpoint that is handed on, where RAW means nothing. */
    private static boolean namesCredentialInPath(String value, String name) {
        return name.equals("credential") && value.matches("[a-z][\\w+.-]*:[^?]*\\{\\{" + name + "}}.*");
    }

    /** A template only says what is sent; how it gets there is the delivery's. So it is about 60 lines long. */
    private static void templateLength(KameletDefinition kamelet, Report report) {
        long lines = kamelet.file().linesOfContent();
        boolean template = EndpointCall.in(kamelet.template()).stream()
                .anyMatch(each -> each.kamelet().filter("http-delivery-sink"::equals).isPresent());
        if (template && lines > MOST_TEMPLATE_LINES) {
            report.tell(1, "length", lines + " lines; a template has at most " + MOST_TEMPLATE_LINES
                    + " lines. Leave the common parts to http-delivery-sink");
        }
    }

    /** Camel makes the inner route of a kamelet step with steps of its own too late when it is inside a Kamelet. */
    private static void nestedSteps(KameletDefinition kamelet, Report report) {
        nestedSteps(kamelet.template(), report);
    }

    private static void nestedSteps(YamlNode node, Report report) {
        for (YamlNode.Entry each : node.entries()) {
            if (each.key().equals("kamelet") && each.value().get("steps").exists()) {
                report.tell(each.line(), "nested-steps", "a kamelet step with steps does not run inside a Kamelet. Write "
                        + "to: with uri: kamelet:<name>");
            }
            nestedSteps(each.value(), report);
        }
        node.items().forEach(each -> nestedSteps(each, report));
    }
}
