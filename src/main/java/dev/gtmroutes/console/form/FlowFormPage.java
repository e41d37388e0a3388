// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

import dev.gtmroutes.console.flows.FlowRow;
import dev.gtmroutes.console.samples.SampleSource;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowCheck;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;

/**
 * The form of a flow as its page shows it.
 *
 * @param form        with {@link FlowForm#KEPT} for what is not shown
 * @param row         the flow as it runs; null for a new one
 * @param version     of the file that the form was made of; empty for a new one
 * @param mayChange   whether this person may start and pause it
 * @param mayEdit     whether this person may change its file
 * @param findings    what is wrong with the form
 * @param known       the Kamelets that flows can call
 * @param credentials names of those that there are
 * @param sample      the records that the requests beside the form are for
 * @param notice      what has been done; empty for nothing
 * @param inPlace     whether the page of a browser takes this over into the form that it has, with what was typed there
 */
public record FlowFormPage(FlowForm form, FlowRow row, String version, boolean mayChange, boolean mayEdit,
        List<FieldFinding> findings, Kamelets known, SortedSet<String> credentials, SampleSource.Records sample,
        String notice, boolean inPlace) {

    /** What is typed to confirm has a field of its own. */
    public static final String CONFIRM = "confirmIrreversible";

    public boolean isNew() {
        return row == null;
    }

    /** Whether records may wait for it already. */
    public boolean hasInbox() {
        return row != null;
    }

    public boolean isStarted() {
        return form.autoStartup().equals("true");
    }

    public List<KameletMenu> sources() {
        return KameletMenu.sources(known);
    }

    public List<KameletMenu> templates() {
        return KameletMenu.templates(known);
    }

    /** What the chosen source does; empty if none is chosen. */
    public String sourceHelp() {
        return known.find(form.source()).map(KameletDefinition::description).orElse("");
    }

    public String templateHelp() {
        return known.find(form.template()).map(each -> KameletMenu.vendor(each) + ": " + each.description()).orElse("");
    }

    /** Whether a chosen template is one that is confirmed in words. */
    public boolean isIrreversible() {
        return known.find(form.template()).filter(KameletDefinition::isIrreversible).isPresent();
    }

    public String confirmation() {
        return FlowCheck.CONFIRMATION;
    }

    public boolean isConfirmed() {
        return "true".equals(form.templateParameters().get(CONFIRM));
    }

    /** Messages for a field of this name. */
    public List<String> errors(String field) {
        return findings.stream().filter(each -> each.field().equals(field)).map(FieldFinding::message).toList();
    }

    public List<String> confirmErrors() {
        return errors("sink." + CONFIRM);
    }

    /** Messages that belong to no field on the page. */
    public List<String> generalErrors() {
        List<String> shown = new ArrayList<>(List.of("id", "description", "source", "template", "sink." + CONFIRM));
        Stream.of(sourceFields(), moreSourceFields(), templateFields(), moreTemplateFields()).flatMap(List::stream)
                .map(FormField::name).forEach(shown::add);
        return findings.stream().filter(each -> !shown.contains(each.field())).map(FieldFinding::message).toList();
    }

    public boolean hasErrors() {
        return !findings.isEmpty();
    }

    public List<FormField> sourceFields() {
        return fields("source.", form.source(), form.sourceParameters()).filter(FormField::isPlain).toList();
    }

    /** Those that are rarely looked at. */
    public List<FormField> moreSourceFields() {
        return fields("source.", form.source(), form.sourceParameters()).filter(each -> !each.isPlain()).toList();
    }

    public List<FormField> templateFields() {
        return fields("sink.", form.template(), form.templateParameters()).filter(FormField::isPlain).toList();
    }

    public List<FormField> moreTemplateFields() {
        return fields("sink.", form.template(), form.templateParameters()).filter(each -> !each.isPlain()).toList();
    }

    private Stream<FormField> fields(String prefix, String kamelet, Map<String, String> values) {
        Optional<KameletDefinition> found = known.find(kamelet);
        return found.stream().flatMap(each -> each.parameters().stream())
                .filter(each -> !each.name().equals(FlowForm.FLOW) && !each.name().equals(CONFIRM))
                .map(each -> field(prefix, each, values.getOrDefault(each.name(), "")));
    }

    private FormField field(String prefix, Parameter parameter, String value) {
        List<String> errors = new ArrayList<>(errors(prefix + parameter.name()));
        if (parameter.isPassword() && !value.isEmpty() && !value.equals(FlowForm.KEPT)) {
            if (!inPlace) {
                errors.add("Enter this value again; it is hidden.");
            }
            return new FormField(prefix, parameter, "", errors);
        }
        return new FormField(prefix, parameter, value, errors);
    }
}
