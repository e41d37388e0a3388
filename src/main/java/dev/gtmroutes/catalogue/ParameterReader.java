// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.catalogue.EndpointEntry.OwnParameter;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * Reads the parameters that one endpoint or list has for itself.
 *
 * @param kind  of what has them, for messages: templates or sources
 * @param taken the names of parameters that all of these have
 * @param types that values can have besides texts
 */
record ParameterReader(Path file, String kind, Set<String> taken, List<String> types) {

    private static final List<String> KEYS = List.of("title", "description", "values", "default");
    private static final String TYPE = "type";
    private static final String TEXT = "string";

    List<OwnParameter> read(Section entry) throws CatalogueException {
        List<OwnParameter> parameters = new ArrayList<>();
        for (YamlNode.Entry each : entry.entries("parameters")) {
            List<String> keys = new ArrayList<>(KEYS);
            if (!types.isEmpty()) {
                keys.add(TYPE);
            }
            Section parameter = Section.of(file, "parameter " + each.key(), each.value(), keys);
            if (!each.key().matches("[a-z][A-Za-z0-9]*") || taken.contains(each.key())) {
                throw parameter.wrong("this name is not valid, or all " + kind + " have a parameter of this name. Allowed: "
                        + "letters and digits, beginning with a lower-case letter");
            }
            String text = parameter.required("description");
            parameters.add(new OwnParameter(each.key(),
                    parameter.matching("title", CatalogueReader.titleForm(), CatalogueReader.titleAllowed()),
                    text.endsWith(".") ? text : text + ".", parameter.oneOf(TYPE, types, TEXT), parameter.names("values"),
                    parameter.has("default") ? parameter.text("default", "") : null));
        }
        return parameters;
    }
}
