package dev.gtmroutes.console;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.KameletDefinition;
import dev.gtmroutes.lint.Parameter;
import dev.gtmroutes.lint.VendorApi;
import org.apache.camel.CamelContext;

/** The parameters of a template, as requests are made of them that are sent, or only shown. */
final class SampleParameters {

    static final String CREDENTIAL = "credential";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}");
    private static final Set<String> CHECKED_TYPES = Set.of("integer", "number", "boolean");

    private final KameletDefinition template;

    SampleParameters(KameletDefinition template) {
        this.template = template;
    }

    /** Without what nobody has given again: values that are not shown matter to no request. */
    static Map<String, String> given(Map<String, String> parameters) {
        Map<String, String> given = new TreeMap<>(parameters);
        given.values().removeIf(FlowForm.KEPT::equals);
        return given;
    }

    /**
     * With {@code ***} for passwords and for what settings give: nobody can tell which settings hold secrets. Where a
     * text has a form of its own, such as a duration, the default takes its place.
     */
    Map<String, String> shown(Map<String, String> parameters) {
        Map<String, String> shown = given(parameters);
        for (Parameter each : template.parameters()) {
            if (each.isPassword()) {
                shown.computeIfPresent(each.name(), (name, value) -> FlowForm.KEPT);
            } else if (!isChecked(each)) {
                shown.computeIfPresent(each.name(), (name, value) -> each.isFreeText() || !isSetting(value)
                        ? masked(value) : null);
            }
        }
        return shown;
    }

    /** Whether no value is used that it cannot have, so that no message tells what a setting holds. */
    private static boolean isChecked(Parameter parameter) {
        return parameter.name().equals(CREDENTIAL) || !parameter.choices().isEmpty()
                || CHECKED_TYPES.contains(parameter.type());
    }

    /** Of one placeholder within another, nothing is shown. */
    private static String masked(String value) {
        String masked = PLACEHOLDER.matcher(value).replaceAll("***");
        return isSetting(masked) ? FlowForm.KEPT : masked;
    }

    static boolean isSetting(String value) {
        return value.contains("{{");
    }

    /**
     * With the values of settings in their place. A value goes into an endpoint: one that could end there, and begin
     * another parameter, is refused.
     *
     * @throws RefusedSample if there is no such parameter, or it cannot have this value
     */
    Map<String, String> resolved(Map<String, String> parameters, CamelContext camel) throws RefusedSample {
        Map<String, String> resolved = new TreeMap<>();
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            String field = "sink." + each.getKey();
            Parameter parameter = template.parameter(each.getKey())
                    .orElseThrow(() -> new RefusedSample(field, template.fileName() + " has no such parameter"));
            if (each.getValue() == null) {
                throw new RefusedSample(field, "give it a value, or leave it out");
            }
            String value = resolved(field, each.getValue(), camel);
            String problem = problem(parameter, value);
            if (!problem.isEmpty()) {
                throw new RefusedSample(field, isSetting(each.getValue())
                        ? "what its setting holds cannot be its value" : problem);
            }
            resolved.put(each.getKey(), value);
        }
        return resolved;
    }

    private static String resolved(String field, String value, CamelContext camel) throws RefusedSample {
        try {
            return isSetting(value) ? camel.resolvePropertyPlaceholders(value) : value;
        } catch (RuntimeException e) {
            throw new RefusedSample(field, "there is no such setting");
        }
    }

    private static String problem(Parameter parameter, String value) {
        if (parameter.name().equals(CREDENTIAL) && !VendorApi.isCredential(value)) {
            return "this cannot be the name of a credential: letters, digits, - and _ can";
        }
        if (value.contains(parameter.isFreeText() ? ")&" : "&")) {
            return "Camel would cut it off at an & in it";
        }
        return parameter.refuses(value).orElse("");
    }
}
