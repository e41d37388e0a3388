// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.form.FlowCheck;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import jakarta.ws.rs.core.MultivaluedMap;

/** What a browser sends of the form of a flow. */
public final class FlowFormValues {

    private final MultivaluedMap<String, String> values;
    private final Kamelets known;

    public FlowFormValues(MultivaluedMap<String, String> values, Kamelets known) {
        this.values = values;
        this.known = known;
    }

    /** @param before the form as the file has it; null for a new flow */
    FlowForm form(FlowForm before) {
        String id = before == null ? value("id") : before.id();
        String source = value("source");
        Map<String, String> ofSource = parameters("source.", source,
                before == null ? Map.of() : before.sourceParameters());
        known.find(source).flatMap(each -> each.parameter(FlowForm.FLOW))
                .ifPresent(each -> ofSource.put(FlowForm.FLOW, id));
        Map<String, String> ofTemplate = parameters("sink.", value("template"),
                before == null ? Map.of() : before.templateParameters());
        boolean confirmed = value("confirm").equalsIgnoreCase(FlowCheck.CONFIRMATION);
        known.find(value("template")).filter(each -> confirmed && each.isIrreversible())
                .ifPresent(each -> ofTemplate.put(FlowFormPage.CONFIRM, "true"));
        String start = value("activate").equals("true") ? "true" : before == null ? "false" : before.autoStartup();
        return new FlowForm(id, value("description"), start, source, ofSource, value("template"), ofTemplate);
    }

    /** Fields of a Kamelet that was chosen before are still in the page; they are passed over. */
    private Map<String, String> parameters(String prefix, String kamelet, Map<String, String> before) {
        Map<String, String> parameters = new TreeMap<>();
        for (Parameter each : known.find(kamelet).map(KameletDefinition::parameters).orElse(List.of())) {
            String value = value(prefix + each.name());
            boolean kept = each.isPassword() && value.isEmpty() && before.containsKey(each.name())
                    && value("remove." + prefix + each.name()).isEmpty();
            if (kept || !value.isEmpty()) {
                parameters.put(each.name(), kept ? FlowForm.KEPT : value);
            }
        }
        return parameters;
    }

    /** The form as it is in the page: of a new flow, or of one that has a file. */
    public FlowForm asInPage(FlowFiles files) {
        return form(value("version").isEmpty() ? null
                : files.find(value("id")).flatMap(StoredFlow::form).orElse(null));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** 0 where there is no number. */
    public int number(String name) {
        return value(name).matches("\\d{1,6}") ? Integer.parseInt(value(name)) : 0;
    }

    /** Without the blanks around it; empty where there is none. */
    public String value(String name) {
        String value = values.getFirst(name);
        return value == null ? "" : value.replace("\r\n", "\n").strip();
    }
}
