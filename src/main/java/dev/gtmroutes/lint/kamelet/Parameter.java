// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.YamlNode;
import org.apache.camel.util.SensitiveUtils;

/**
 * A parameter of a Kamelet, as its file declares it.
 *
 * @param name         what a flow calls it
 * @param title        for people, in few words; empty where it is not there, like all texts here
 * @param description  for people, in sentences
 * @param type         string, integer, number or boolean
 * @param format       such as password or uri-template
 * @param defaultValue as written, perhaps with placeholders; null without one
 * @param example      a value as it may look
 * @param choices      the values it can have, where it is an enum
 * @param required     whether a flow has to give it
 * @param schema       its declaration
 */
public record Parameter(String name, String title, String description, String type, String format, String defaultValue,
        String example, List<String> choices, boolean required, YamlNode schema) {

    /** Formats of values that name attributes: of the mapped record, or of the record as its source has it. */
    private static final Set<String> OF_ATTRIBUTES = Set.of("attribute", "attributes", "source-attribute",
            "source-attributes");
    private static final Pattern DURATION = Pattern.compile("(?:\\{\\{[^:}]*:)?\\d+(?:ms|s|m|h|d)}*");

    static Parameter of(YamlNode.Entry declared, Set<String> required) {
        YamlNode schema = declared.value();
        YamlNode defaultValue = schema.get("default");
        return new Parameter(declared.key(), schema.get("title").text(), schema.get("description").text(),
                schema.get("type").text(), schema.get("format").text(),
                defaultValue.exists() ? defaultValue.text() : null, schema.get("example").text(),
                schema.get("enum").items().stream().map(YamlNode::text).toList(), required.contains(declared.key()),
                schema);
    }

    public int line() {
        return schema.line();
    }

    /** Whether forms hide its value and nothing may show it. */
    public boolean isPassword() {
        return format.equals("password");
    }

    /** Whether Camel hides its value where it prints settings; it goes by the name. */
    public boolean isMaskedByCamel() {
        return SensitiveUtils.containsSensitive(name);
    }

    /** Whether it is a URL template that is filled from each record, like /users/{user_id}. */
    public boolean isUriTemplate() {
        return format.equals("uri-template");
    }

    /** Whether its value is the text of a {@link dev.gtmroutes.record.mapping.Mapping}, a line for each assignment. */
    public boolean isMapping() {
        return format.equals("mapping");
    }

    /** Whether its value names one attribute, or several with commas between them. */
    public boolean isOfAttributes() {
        return OF_ATTRIBUTES.contains(format);
    }

    /** Whether its value may be any text, and so one that means something to Camel. */
    public boolean isFreeText() {
        return type.equals("string") && choices.isEmpty() && !isDuration();
    }

    /** Whether its value is a duration, as its format or its default says. */
    public boolean isDuration() {
        return type.equals("string") && (format.equals("duration")
                || defaultValue != null && DURATION.matcher(defaultValue).matches());
    }

    /** Whether it is the whole URL of requests, rather than a part of one. */
    boolean isUrl() {
        return isUriTemplate() && name.equals("url");
    }

    /** What people call it. */
    public String label() {
        return title.isBlank() ? name : title;
    }

    /** The message with the label in place of the name at its beginning: people see labels, and names are for files. */
    public static String labelled(String message, String name, String label) {
        return message.startsWith(name + ":") || message.startsWith(name + " ") ? label + message.substring(name.length())
                : message;
    }

    /** @return why it cannot have this value, and which it can; empty if it can, or if only a setting decides */
    public Optional<String> refuses(String value) {
        return Placeholder.anyIn(value) ? Optional.empty() : new ParameterValue(this).refuses(value);
    }
}
