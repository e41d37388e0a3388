// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** What the validator of Camel's own Kamelet catalogue asks for: tools show them side by side with its own. */
final class CatalogueForm implements KameletRule {

    private static final String RULE = "catalogue";

    private static final Set<String> ARTICLES = Set.of("A", "An", "The");

    private static final Set<String> SMALL_WORDS = Set.of("a", "after", "an", "and", "at", "by", "for", "from", "in",
            "of", "on", "or", "per", "the", "to", "with");

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        YamlNode definition = kamelet.definition();
        if (!definition.get("type").text().equals("object")) {
            report.tell(definition.line(), RULE,
                    "the definition has no type: object, so tools show no parameters. Add it");
        }
        // One without a title, or called otherwise than its label says, is told of elsewhere.
        String kind = capital(kamelet.type());
        boolean right = kamelet.name().endsWith("-" + kamelet.type()) && !kamelet.title().isBlank();
        if (right && !kamelet.title().endsWith(kind)) {
            report.tell(definition.get("title").line(), RULE, "the title does not name the type. End it with " + kind);
        }
        kamelet.parameters().forEach(each -> title(each, report));
        Set<String> required = new HashSet<>();
        for (YamlNode each : definition.get("required").items()) {
            if (!required.add(each.text())) {
                report.tell(each.line(), RULE, "parameter " + each.text() + " is required twice. Remove one");
            }
        }
    }

    private static void title(Parameter parameter, Report report) {
        String[] words = parameter.title().split(" ");
        String title = "the title of parameter " + parameter.name();
        if (ARTICLES.contains(words[0])) {
            report.tell(parameter.line(), RULE, title + " begins with an article. Remove '" + words[0] + "'");
        }
        for (String each : words) {
            if (!SMALL_WORDS.contains(each) && !each.equals(capital(each))) {
                report.tell(parameter.line(), RULE, title + " contains a lower-case word. Write " + capital(each));
            }
        }
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
