// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.Parameter;

/**
 * A parameter of a Kamelet as a field of a form.
 *
 * @param prefix      {@code source.} or {@code sink.}
 * @param parameter   what it declares
 * @param value       that the form has; empty for none
 * @param errors      what is wrong with it
 * @param credentials those that can be chosen, if it names one of an API
 */
public record FormField(String prefix, Parameter parameter, String value, List<String> errors, List<Choice> credentials) {

    /** The parameter of sources and templates that names a credential. */
    static final String CREDENTIAL = "credential";

    /** One of the values that it can have. */
    public record Choice(String value, String text, boolean isChosen) {
    }

    public String name() {
        return prefix + parameter.name();
    }

    /** Of the element in the page. */
    public String id() {
        return name().replace('.', '-');
    }

    public String label() {
        return parameter.title().isEmpty() ? parameter.name() : parameter.title();
    }

    public String help() {
        return parameter.description();
    }

    public boolean isRequired() {
        return parameter.required() && parameter.defaultValue() == null;
    }

    public boolean isPassword() {
        return parameter.isPassword();
    }

    /** Whether a browser may not keep what is typed: passwords, webhooks and headers. */
    public boolean isSecret() {
        return isPassword() || parameter.name().equals(FlowForm.HEADERS);
    }

    /** Whether the file has a value that is not shown. */
    public boolean isKept() {
        return value.equals(FlowForm.KEPT);
    }

    public boolean isCredential() {
        return parameter.name().equals(CREDENTIAL);
    }

    public boolean isNumber() {
        return parameter.type().equals("integer");
    }

    /** Whether its value is long, so that it takes the whole width. */
    public boolean isWide() {
        return isLines() || isPassword() || parameter.isUriTemplate()
                || Set.of(FlowForm.HEADERS, "body", "schema").contains(parameter.name());
    }

    /**
     * What a person picks for it, for console.pickers.js: {@code attribute} or {@code source-attribute} for one name, the
     * plural for several, {@code variables} for a text with attributes in braces; empty for nothing.
     */
    public String picks() {
        return parameter.isUriTemplate() ? "variables" : parameter.isOfAttributes() ? parameter.format() : "";
    }

    /** Whether it has several lines. */
    public boolean isLines() {
        return parameter.isMapping();
    }

    /** What is shown where nothing is typed: what holds then. Of a setting, the value that it has by default. */
    public String placeholder() {
        if (isKept()) {
            return "Saved (hidden)";
        }
        String standard = standard();
        return !standard.isEmpty() ? "Default: " + standard : parameter.example().isEmpty() ? ""
                : "Example: " + parameter.example();
    }

    private String standard() {
        return parameter.defaultValue() == null ? ""
                : parameter.defaultValue().replaceAll("\\{\\{[^:}]*:([^}]*)}}", "$1")
                        .replaceAll("\\{\\{([^}]*)}}", "<$1>");
    }

    public boolean isMenu() {
        return parameter.type().equals("boolean") || !parameter.choices().isEmpty() || !credentials.isEmpty();
    }

    /** Those of the menu; the first one is to choose none. */
    public List<Choice> choices() {
        if (!credentials.isEmpty()) {
            return credentials;
        }
        List<String> known = parameter.choices().isEmpty() ? List.of("true", "false") : parameter.choices();
        String none = isRequired() ? "Choose a value" : standard().isEmpty() ? "Default" : text(standard()) + " (default)";
        // What is none of its values, such as a setting, stays until another one is chosen.
        Stream<String> other = value.isEmpty() || known.contains(value) ? Stream.empty() : Stream.of(value);
        return Stream.concat(Stream.of(new Choice("", none, value.isEmpty())), Stream.concat(known.stream(), other)
                .map(each -> new Choice(each, text(each), each.equals(value)))).toList();
    }

    private String text(String choice) {
        return !parameter.type().equals("boolean") ? choice
                : choice.equals("true") ? "Yes" : choice.equals("false") ? "No" : choice;
    }

    /** Whether it is among those that a person looks at first. */
    boolean isPlain() {
        return isRequired() || isCredential() || parameter.isUriTemplate() || !value.isEmpty() || !errors.isEmpty();
    }
}
