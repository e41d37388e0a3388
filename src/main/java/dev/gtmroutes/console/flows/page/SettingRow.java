// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.console.flows.FlowSummary;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;

/** A setting of a flow, as its page tells it. */
public record SettingRow(String label, String value) {

    private static final int MOST_CHARACTERS = 120;
    private static final String CREDENTIAL = "credential";

    /** Of a flow with any file. */
    static List<SettingRow> of(FlowSummary flow) {
        return List.of(new SettingRow("Source", flow.source()), new SettingRow("Vendor", flow.vendor()),
                new SettingRow(flow.endpoints().size() > 1 ? "Endpoints" : "Endpoint",
                        flow.endpoints().isEmpty() ? "–" : String.join(", ", flow.endpoints())));
    }

    /** Of a flow that a form can show. @param form without secrets */
    static List<SettingRow> of(FlowSummary flow, FlowForm form, Kamelets known) {
        List<SettingRow> rows = new ArrayList<>();
        rows.add(new SettingRow("Source", flow.source()));
        add(rows, form.sourceParameters(), known.find(form.source()));
        rows.add(new SettingRow("Vendor", flow.vendor() + " · credential "
                + form.templateParameters().getOrDefault(CREDENTIAL, "default")));
        rows.add(new SettingRow("Endpoint", flow.endpoint()));
        add(rows, form.templateParameters(), known.find(form.template()));
        return rows;
    }

    private static void add(List<SettingRow> rows, Map<String, String> values, Optional<KameletDefinition> kamelet) {
        for (Parameter each : kamelet.map(KameletDefinition::parameters).orElse(List.of())) {
            String value = values.getOrDefault(each.name(), "");
            if (!value.isBlank() && !each.name().equals(FlowForm.FLOW) && !each.name().equals(CREDENTIAL)) {
                rows.add(new SettingRow(each.title().isEmpty() ? each.name() : each.title(), text(each, value)));
            }
        }
    }

    private static String text(Parameter parameter, String value) {
        if (value.equals(FlowForm.KEPT)) {
            return "Saved (hidden)";
        }
        if (parameter.isMapping()) {
            long lines = value.lines().filter(each -> !each.isBlank()).count();
            return lines == 1 ? "1 line" : lines + " lines";
        }
        if (parameter.type().equals("boolean")) {
            return value.equals("true") ? "Yes" : value.equals("false") ? "No" : value;
        }
        return value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) + " …" : value;
    }
}
