// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/** Which field of a form a line of its file belongs to. */
final class FieldLines {

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
        if (here.isEmpty()) {
            // A line of a value that has several.
            here = fields.stream().filter(each -> message.startsWith(each.label + ": ")).limit(1).toList();
        }
        List<Field> found = here;
        return found.stream().filter(each -> names(message, each.name) || message.startsWith(each.label + ": "))
                .findFirst().map(Field::path)
                .orElse(found.isEmpty() ? "" : found.get(found.size() - 1).path());
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
