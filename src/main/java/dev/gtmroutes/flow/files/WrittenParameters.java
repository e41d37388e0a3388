// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;
import dev.gtmroutes.parameter.ParameterText;

/** Parameters as a file writes them, before Camel puts the values of settings in their place. */
final class WrittenParameters {

    private static final Pattern NAME = Pattern.compile("\\{\\{\\??((?:env:|sys:)?[^:}]*)");

    private final YamlNode root;

    WrittenParameters(Path file) {
        this.root = YamlFile.read(file).root();
    }

    /** Those of the routes in a file of flows. */
    Stream<YamlNode.Entry> ofRoutes() {
        return root.items().stream().map(each -> each.get("route")).flatMap(WrittenParameters::in);
    }

    private static Stream<YamlNode.Entry> in(YamlNode node) {
        return Stream.of(node.entries().stream().flatMap(each -> each.key().equals("parameters")
                ? each.value().entries().stream() : in(each.value())),
                node.items().stream().flatMap(WrittenParameters::in)).flatMap(each -> each);
    }

    /**
     * @param  value that the parameter has
     * @return       the setting, or several, that give the parameter its value; empty if the file itself writes the value,
     *               or has no such parameter
     */
    Optional<String> setting(String parameter, String value) {
        List<String> written = values(parameter);
        return written.contains(value) ? Optional.empty()
                : written.stream().filter(ParameterText::hasPlaceholder).findFirst().map(WrittenParameters::names);
    }

    /** Also in the query of a URI. */
    private List<String> values(String parameter) {
        Pattern inUri = Pattern.compile("[?&]" + Pattern.quote(parameter) + "=([^&]*)");
        List<String> written = new ArrayList<>();
        in(root).filter(each -> each.key().equals(parameter)).map(each -> each.value().text())
                .forEach(written::add);
        root.texts((text, line) -> inUri.matcher(text).results().map(each -> each.group(1)).forEach(written::add));
        written.replaceAll(ParameterText::plain);
        return written;
    }

    /** A default may be as secret as the value. */
    private static String names(String text) {
        List<String> names = new ArrayList<>();
        ParameterText.resolve(text, each -> {
            NAME.matcher(each).results().findFirst().ifPresent(name -> names.add(name.group(1)));
            return "";
        });
        return String.join(" or ", names);
    }
}
