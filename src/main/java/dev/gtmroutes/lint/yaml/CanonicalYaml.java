// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Routes are written in the canonical form; later versions of Camel no longer take the compact one. */
public final class CanonicalYaml {

    private static final Pattern KEBAB = Pattern.compile("[a-z]+(-[a-z]+)+");

    /** What is below these belongs to others than the language of routes. */
    private static final Set<String> FOREIGN = Set.of("parameters", "properties", "beans", "constructors", "rest");

    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "csimple", "jq", "jsonpath", "xpath",
            "xquery", "groovy", "mvel", "ognl", "spel", "datasonnet", "joor", "exchangeProperty", "hl7terser", "tokenize",
            "xtokenize");

    /** Languages whose names mean something else elsewhere, and the steps in which they can only be languages. */
    private static final Set<String> AMBIGUOUS = Set.of("header", "method", "ref", "variable", "language", "java");
    private static final Set<String> TAKE_EXPRESSIONS = Set.of("setBody", "setHeader", "setProperty", "setVariable",
            "filter", "when", "split", "loop", "transform", "script", "validate", "delay", "throttle", "recipientList",
            "routingSlip", "dynamicRouter", "enrich", "pollEnrich", "correlationExpression", "completionPredicate");
    /** Parts of a step that are expressions themselves: Camel's schema has no level {@code expression} below them. */
    private static final Set<String> EXPRESSIONS = Set.of("completionPredicate", "completionSizeExpression",
            "completionTimeoutExpression", "continued", "correlationExpression", "handled", "retryWhile");

    private static final Map<String, String> MAIN_KEY = Map.of("log", "message", "to", "uri", "toD", "uri", "wireTap",
            "uri", "from", "uri", "removeHeader", "name", "removeHeaders", "pattern", "bean", "ref", "kamelet", "name",
            "convertBodyTo", "type");

    public void check(YamlNode tree, Report report) {
        check(tree, "", report);
    }

    private void check(YamlNode node, String parent, Report report) {
        for (YamlNode.Entry each : node.entries()) {
            String key = each.key();
            if (KEBAB.matcher(key).matches()) {
                report.tell(each.line(), "kebab-case", key + " is an old name. Write "
                        + camelCase(key));
            }
            if (key.equals("from") && each.value().isText()) {
                compactStep(each, report);
            }
            if (LANGUAGES.contains(key) || AMBIGUOUS.contains(key) && TAKE_EXPRESSIONS.contains(parent)) {
                expression(each, parent, report);
            }
            if (EXPRESSIONS.contains(key) && each.value().get("expression").isMap()) {
                report.tell(each.value().get("expression").line(), "compact-yaml",
                        "Camel's schema has no expression below " + key + ". Write the language directly below it");
            }
            if (!FOREIGN.contains(key)) {
                check(each.value(), key, report);
            }
        }
        for (YamlNode each : node.items()) {
            if (parent.equals("steps")) {
                step(each, report);
            }
            check(each, parent.equals("steps") ? "" : parent, report);
        }
    }

    private static void step(YamlNode step, Report report) {
        if (step.isText()) {
            report.tell(step.line(), "compact-yaml", "a step in compact notation. Write " + step.text() + ": {}");
        }
        step.entries().stream().filter(each -> each.value().isText() && !each.value().text().isEmpty())
                .filter(each -> !KEBAB.matcher(each.key()).matches()).forEach(each -> compactStep(each, report));
    }

    private static void compactStep(YamlNode.Entry step, Report report) {
        report.tell(step.line(), "compact-yaml", step.key() + " in compact notation. Put its value on a separate line below "
                + "it, as " + MAIN_KEY.getOrDefault(step.key(), "<name>") + ": ...");
    }

    private static void expression(YamlNode.Entry language, String parent, Report report) {
        boolean part = EXPRESSIONS.contains(parent);
        if (!parent.equals("expression") && !part || language.value().isText()) {
            String canonical = language.key() + ": {" + (language.key().equals("method") ? "ref: ..., method" : "expression")
                    + ": ...}";
            report.tell(language.line(), "compact-yaml", language.key() + " in compact notation. Write "
                    + (part ? canonical : "expression: {" + canonical + "}"));
        }
    }

    private static String camelCase(String kebab) {
        StringBuilder camel = new StringBuilder();
        for (String each : kebab.split("-")) {
            camel.append(camel.isEmpty() ? each : Character.toUpperCase(each.charAt(0)) + each.substring(1));
        }
        return camel.toString();
    }
}
