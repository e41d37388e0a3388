// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.parameter.ParameterText;
import org.apache.camel.CamelContext;

/** The parameters of a template, as requests are made of them that are sent, or only shown. */
final class SampleParameters {

    static final String CREDENTIAL = "credential";

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

    /** What is around a placeholder is shown; of one within another, nothing. */
    private static String masked(String value) {
        return ParameterText.resolve(value, placeholder -> FlowForm.KEPT);
    }

    static boolean isSetting(String value) {
        return ParameterText.hasPlaceholder(value);
    }

    /**
     * With the values of settings in their place, encoded where they end in beans. What ends in an endpoint of Camel's own
     * and could begin another parameter there is refused.
     *
     * @throws RefusedSample if there is no such parameter, or it cannot have this value
     */
    Map<String, String> resolved(Map<String, String> parameters, BeanParameters encoded, CamelContext camel)
            throws RefusedSample {
        Map<String, String> resolved = new TreeMap<>();
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            String field = "sink." + each.getKey();
            Parameter parameter = template.parameter(each.getKey())
                    .orElseThrow(() -> new RefusedSample(field, template.fileName() + " has no parameter with this name"));
            if (each.getValue() == null) {
                throw new RefusedSample(field, "the value is null. Enter a value, or omit the parameter");
            }
            String value = resolved(field, each.getValue(), camel);
            String problem = problem(parameter, value);
            if (!problem.isEmpty()) {
                throw new RefusedSample(field, isSetting(each.getValue())
                        ? "the value of the setting is not valid here" : problem);
            }
            boolean ends = encoded.has(template.fileName(), each.getKey());
            if (!ends && value.contains("&")) {
                throw new RefusedSample(field, "the value contains &, and Camel would cut it off there");
            }
            resolved.put(each.getKey(), ends ? ParameterText.encode(value) : value);
        }
        return resolved;
    }

    private static String resolved(String field, String value, CamelContext camel) throws RefusedSample {
        try {
            return ParameterText.resolve(value, camel::resolvePropertyPlaceholders);
        } catch (RuntimeException e) {
            throw new RefusedSample(field, "there is no setting with this name");
        }
    }

    private static String problem(Parameter parameter, String value) {
        if (parameter.name().equals(CREDENTIAL) && !VendorApi.isCredential(value)) {
            return "Enter a name of a credential: letters, digits, - and _.";
        }
        return parameter.refuses(value).orElse("");
    }
}
