package dev.gtmroutes.console;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.form.FlowForm;

/** The parameters of a template, as requests are made of them that are sent, or only shown. */
final class SampleParameters {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}");
    private static final Pattern SECRET = Pattern
            .compile(".*(password|passphrase|secret|token|key|credential|webhook).*");

    private SampleParameters() {
    }

    /** Without what nobody has given again: values that are not shown matter to no request. */
    static Map<String, String> given(Map<String, String> parameters) {
        Map<String, String> given = new TreeMap<>(parameters);
        given.values().removeIf(FlowForm.KEPT::equals);
        return given;
    }

    /**
     * With {@code ***} for settings that hold secrets. A header that a setting gives is a secret in most cases; elsewhere
     * the name of the setting tells.
     */
    static Map<String, String> shown(Map<String, String> parameters) {
        Map<String, String> shown = given(parameters);
        shown.replaceAll((name, value) -> PLACEHOLDER.matcher(value).replaceAll(each ->
                name.equals("requestHeaders") || isSecret(each.group()) ? FlowForm.KEPT
                        : Matcher.quoteReplacement(each.group())));
        return shown;
    }

    private static boolean isSecret(String placeholder) {
        return SECRET.matcher(placeholder.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")).matches();
    }
}
