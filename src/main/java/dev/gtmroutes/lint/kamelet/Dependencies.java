// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** A Kamelet lists what it needs, so that it also runs where its parts are not there by themselves. */
final class Dependencies implements KameletRule {

    private static final Map<String, String> ARTIFACT_OF_SCHEME = Map.of("https", "http", "sftp", "ftp", "ftps", "ftp");

    /** Steps and languages that are not part of Camel's core. */
    private static final Map<String, String> ARTIFACT_OF_KEY = Map.of("bean", "bean", "method", "bean", "jq", "jq",
            "jsonpath", "jsonpath", "xpath", "xpath", "groovy", "groovy", "datasonnet", "datasonnet");

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        Set<String> used = new TreeSet<>();
        for (EndpointCall each : EndpointCall.in(kamelet.template())) {
            String scheme = scheme(each, kamelet);
            if (!scheme.isEmpty()) {
                used.add("camel:" + ARTIFACT_OF_SCHEME.getOrDefault(scheme, scheme));
            }
        }
        keys(kamelet.template(), used);
        int line = kamelet.root().get("spec").get("dependencies").line();
        for (String each : used) {
            if (!kamelet.dependencies().contains(each)) {
                report.tell(line, "dependency", "the template uses " + each + ". Add it to dependencies");
            }
        }
        ownClasses(kamelet, line, report);
    }

    /** Where the URI is a parameter, its default says which component it wants. */
    private static String scheme(EndpointCall call, KameletDefinition kamelet) {
        if (!call.uri().startsWith("{{")) {
            return call.scheme();
        }
        return Placeholder.in(call.uri()).stream().findFirst().flatMap(each -> kamelet.parameter(each.name()))
                .map(Parameter::defaultValue).map(each -> each.replaceFirst("^\\{\\{[^:}]*:", ""))
                .filter(each -> each.matches("[a-z][\\w+.-]*:.*")).map(each -> each.substring(0, each.indexOf(':')))
                .orElse("");
    }

    private static void keys(YamlNode node, Set<String> used) {
        for (YamlNode.Entry each : node.entries()) {
            boolean scalarMethod = each.key().equals("method") && each.value().isText();
            if (ARTIFACT_OF_KEY.containsKey(each.key()) && !scalarMethod) {
                used.add("camel:" + ARTIFACT_OF_KEY.get(each.key()));
            }
            if (!each.key().equals("parameters") && !each.key().equals("properties")) {
                keys(each.value(), used);
            }
        }
        node.items().forEach(each -> keys(each, used));
    }

    private static void ownClasses(KameletDefinition kamelet, int line, Report report) {
        boolean own = kamelet.template().get("beans").items().stream().map(each -> each.get("type").text())
                .anyMatch(each -> each.startsWith("#class:") && !each.startsWith("#class:org.apache.camel."));
        if (own && kamelet.dependencies().stream().noneMatch(each -> each.startsWith("mvn:"))) {
            report.tell(line, "dependency", "the beans of the template are classes of this project. Add their jar, "
                    + "mvn:group:artifact:version, to dependencies");
        }
    }
}
