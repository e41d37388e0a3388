// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.MaskedYaml;

/**
 * A flow as a form shows it: one source, one template.
 *
 * @param id                 of the flow
 * @param description        what it does, for people; empty for none
 * @param autoStartup        whether it runs: {@code true}, {@code false}, or the placeholder of a setting
 * @param source             the Kamelet that its records come from
 * @param sourceParameters   of the source, by name, without {@code RAW(...)}. A blank one is not given
 * @param template           the Kamelet that they go to
 * @param templateParameters of the template, in the same way
 */
public record FlowForm(String id, String description, String autoStartup, String source,
        Map<String, String> sourceParameters, String template, Map<String, String> templateParameters) {

    /** The parameter of sources that repeats the id of the flow. */
    public static final String FLOW = "flow";

    /** Stands for a value that nobody may see, and that stays as it is in the file. */
    public static final String KEPT = "***";

    /** The parameter of templates with headers of requests, which may hold what is secret. */
    public static final String HEADERS = "requestHeaders";

    /** Makes copies of the maps. */
    public FlowForm {
        sourceParameters = Map.copyOf(sourceParameters);
        templateParameters = Map.copyOf(templateParameters);
    }

    /** The same without the values of passwords. */
    public FlowForm masked(Kamelets known) {
        return new FlowForm(id, description, autoStartup, source, masked(sourceParameters, known.find(source)),
                template, masked(templateParameters, known.find(template)));
    }

    private static Map<String, String> masked(Map<String, String> parameters, Optional<KameletDefinition> kamelet) {
        Map<String, String> masked = new TreeMap<>(parameters);
        // What the Kamelet does not declare may be anything, such as a secret in the wrong place.
        masked.replaceAll((name, value) -> kamelet.flatMap(each -> each.parameter(name)).filter(each -> !each.isPassword())
                .isPresent() ? value : KEPT);
        return masked;
    }

    /** The same for people who may change nothing: also without headers and queries, which may hold what is secret. */
    public FlowForm forViewer(Kamelets known) {
        FlowForm masked = masked(known);
        return new FlowForm(id, MaskedYaml.masked(description), autoStartup, source, forViewer(masked.sourceParameters),
                template, forViewer(masked.templateParameters));
    }

    private static Map<String, String> forViewer(Map<String, String> parameters) {
        Map<String, String> masked = new TreeMap<>(parameters);
        masked.replaceAll((name, value) -> name.equals(HEADERS) ? KEPT : MaskedYaml.masked(value));
        return masked;
    }

    /** The same, running or not. */
    public FlowForm started(boolean start) {
        return new FlowForm(id, description, String.valueOf(start), source, sourceParameters, template,
                templateParameters);
    }

    /** The same under another id, which is also the name of its inbox or consumer group. */
    public FlowForm named(String other) {
        Map<String, String> named = new TreeMap<>(sourceParameters);
        named.computeIfPresent(FLOW, (name, old) -> other);
        return new FlowForm(other, description, autoStartup, source, named, template, templateParameters);
    }
}
