// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.List;

import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** A Kamelet says what it is, in the way by which Camel and its tools find and show it. */
final class Identity implements KameletRule {

    private static final String API_VERSION = "camel.apache.org/v1";
    private static final List<String> TYPES = List.of("source", "sink", "action");

    private static final List<String> ANNOTATIONS = List.of("camel.apache.org/kamelet.icon",
            "camel.apache.org/kamelet.support.level",
            "camel.apache.org/catalog.version", "camel.apache.org/provider", "camel.apache.org/kamelet.group",
            "camel.apache.org/kamelet.namespace");

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        YamlNode root = kamelet.root();
        YamlNode name = root.get("metadata").get("name");
        if (!kamelet.path().getFileName().toString().equals(name.text() + KameletDefinition.ENDING)) {
            report.tell(name.line(), "file-name", "metadata.name is '" + name.text()
                    + "', but Camel finds a Kamelet by the name of its file. Make the names equal");
        }
        expect(root.get("apiVersion"), "apiVersion", API_VERSION, report);
        expect(root.get("kind"), "kind", "Kamelet", report);
        type(kamelet, name, report);
        YamlNode annotations = root.get("metadata").get("annotations");
        for (String each : ANNOTATIONS) {
            if (annotations.get(each).text().isBlank()) {
                report.tell(annotations.line(), "annotation", "annotation " + each
                        + " is missing. Add it, because tools show it");
            }
        }
    }

    private static void expect(YamlNode node, String key, String value, Report report) {
        if (!node.text().equals(value)) {
            report.tell(node.line(), "api-version", key + " must be " + value + ", or Camel does not recognize the Kamelet");
        }
    }

    private static void type(KameletDefinition kamelet, YamlNode name, Report report) {
        YamlNode label = kamelet.root().get("metadata").get("labels").get("camel.apache.org/kamelet.type");
        if (!TYPES.contains(kamelet.type())) {
            report.tell(label.line(), "kamelet-type", "label camel.apache.org/kamelet.type is '" + kamelet.type()
                    + "'. Write " + String.join(", ", TYPES));
        } else if (!name.text().endsWith("-" + kamelet.type())) {
            report.tell(name.line(), "kamelet-type", "this is a " + kamelet.type() + " by its label. End its name with -"
                    + kamelet.type());
        }
    }
}
