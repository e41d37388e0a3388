// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the template of one endpoint is made of. Texts that are not given are blank.
 *
 * @param name         such as {@code create-contact}
 * @param path         with the parameters and attributes of the record in braces
 * @param parameters   its own, beside those of all templates
 * @param mapping      what the delivery makes of a record, by the names of the delivery's parameters
 * @param batch        blank for one record in each request
 * @param largestBatch the most records that the vendor takes in one request
 * @param irreversible whether a flow has to confirm it
 * @param schema       file of the JSON Schema of its body, in the folder of the catalogue file; blank for none
 * @param defaults     of parameters that all templates have, by their names
 * @param evidence     what is known of the endpoint, see {@link Evidence}
 */
record EndpointEntry(String name, String title, String description, String method, String path,
        List<OwnParameter> parameters, Map<String, String> mapping, String batch, String largestBatch,
        boolean irreversible, String schema, Map<String, String> defaults, String evidence) {

    /**
     * Defaults of parameters that all templates have, where a catalogue file says nothing else: flags, numbers and texts.
     */
    static final Map<String, String> USUAL = usual();

    /** The form of a body as the documentation of this project has it. */
    static final String RECORD = "record";

    /** The form of a body as the vendor's own reference has it. */
    static final String VENDOR = "vendor";

    static final String ALWAYS = "always";
    static final String OPTIONAL = "optional";

    /**
     * A parameter of one template or source.
     *
     * @param type         of its values, such as {@code string}
     * @param values       that it can have; empty for any
     * @param defaultValue null if a flow has to give it
     */
    record OwnParameter(String name, String title, String description, String type, List<String> values,
            String defaultValue) {

        /** As Kamelets declare it, in one line. @param format such as {@code uri-template}; blank for none */
        String declaration(String format) {
            return name + ": {title: " + YamlText.title(title) + ", description: " + YamlText.quoted(description)
                    + ", type: " + type + (format.isEmpty() ? "" : ", format: " + format)
                    + (values.isEmpty() ? "" : ", enum: [" + values.stream().map(YamlText::scalar)
                            .collect(Collectors.joining(", ")) + "]")
                    + (defaultValue == null ? "" : ", default: " + YamlText.scalar(defaultValue)) + "}";
        }
    }

    private static Map<String, String> usual() {
        Map<String, String> usual = new LinkedHashMap<>();
        usual.put("bodyFormat", RECORD);
        usual.put("onceOnly", "false");
        usual.put("keepUrlAttributes", "false");
        usual.put("maxInFlight", "4");
        usual.put("batchSize", "100");
        usual.put("orderBy", "");
        usual.put("groupBy", "");
        usual.put("failureWhen", "");
        usual.put("itemResults", "");
        usual.put("retryFor", "24h");
        return Collections.unmodifiableMap(usual);
    }

    /** Whether the vendor's form is the only one. */
    boolean isVendorOnly() {
        return defaults.get("bodyFormat").equals(VENDOR);
    }

    /** Whether the path or a body names this parameter in braces. */
    boolean fills(OwnParameter parameter) {
        String variable = "{" + parameter.name() + "}";
        return path.contains(variable) || List.of("body", "vendorBody", "vendorPath").stream()
                .anyMatch(each -> mapping.getOrDefault(each, "").contains(variable));
    }
}
