// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.gtmroutes.console.flows.FlowRow;
import dev.gtmroutes.console.samples.SampleSource;
import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowCheck;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;

/**
 * The form of a flow as its page shows it: four steps, one below the other where there is no script.
 *
 * @param form        with {@link FlowForm#KEPT} for what is not shown
 * @param vendor      that is chosen; empty for none
 * @param row         the flow as it runs; null for a new one
 * @param version     of the file that the form was made of; empty for a new one
 * @param mayChange   whether this person may start and pause it
 * @param mayEdit     whether this person may change its file
 * @param findings    what is wrong with the form
 * @param known       the Kamelets that flows can call
 * @param credentials those for a Kamelet, with the one that the form has
 * @param newApi      the API that a new credential for the vendor would be for; empty for none
 * @param sample      the records that the requests beside the form are for
 * @param notice      what has been done; empty for nothing
 * @param undo        number of the version that takes it back; 0 if none does
 * @param conflict    what another person saved in between; null for nothing
 * @param inPlace     whether the page of a browser takes this over into the form that it has, with what was typed there
 */
public record FlowFormPage(FlowForm form, String vendor, FlowRow row, String version, boolean mayChange,
        boolean mayEdit, List<FieldFinding> findings, Kamelets known,
        BiFunction<String, String, List<FormField.Choice>> credentials, String newApi, SampleSource.Records sample,
        String notice, int undo, SaveConflict conflict, boolean inPlace) {

    /** What is typed to confirm has a field of its own. */
    public static final String CONFIRM = "confirmIrreversible";

    private static final String SOURCE = "source.";
    private static final String TEMPLATE = "sink.";

    /** A mistake, and where it is. @param field id of its element; empty for none */
    public record Mistake(String field, String label, String message) {
    }

    public boolean isNew() {
        return row == null;
    }

    /** Whether the notice tells that it was saved. */
    public boolean isSaved() {
        return notice.startsWith("Saved.");
    }

    /** Whether records may wait for it already. */
    public boolean hasInbox() {
        return row != null;
    }

    public boolean isStarted() {
        return form.autoStartup().equals("true");
    }

    public List<KameletMenu> sources() {
        return KameletMenu.sources(known, form.source());
    }

    public List<KameletMenu> templates() {
        return KameletMenu.templates(known, form.template());
    }

    /** Those that records can be sent to by their APIs. */
    public List<VendorCard> vendors() {
        return destinations().filter(VendorCard::isVendor).toList();
    }

    /** What else records can be sent to. */
    public List<VendorCard> otherDestinations() {
        return destinations().filter(each -> !each.isVendor()).toList();
    }

    private Stream<VendorCard> destinations() {
        return templates().stream().map(each -> new VendorCard(each, VendorMark.of(each.title(), known),
                each.title().equals(vendor)));
    }

    private String vendorName() {
        return destinations().filter(VendorCard::isChosen).map(VendorCard::name).findFirst().orElse(vendor);
    }

    /** Their bar above the form. */
    public List<FormStep> steps() {
        String endpoint = chosen(form.template());
        String credential = form.templateParameters().getOrDefault(FormField.CREDENTIAL, "default");
        boolean hasCredential = known.find(form.template()).flatMap(each -> each.parameter(FormField.CREDENTIAL))
                .isPresent();
        return List.of(new FormStep("source", 1, "Source", chosen(form.source()), wrong("source", SOURCE)),
                new FormStep("vendor", 2, "Vendor", hasCredential ? vendorName() + " · " + credential : vendorName(),
                        wrong("", TEMPLATE + FormField.CREDENTIAL)),
                new FormStep("endpoint", 3, "Endpoint", endpoint, wrong("template", "template")),
                new FormStep("configure", 4, "Configure", isNew() ? "" : form.id(), wrongInLast()));
    }

    private String chosen(String kamelet) {
        return known.find(kamelet).map(KameletMenu::title).orElse("");
    }

    private int wrong(String field, String prefix) {
        return (int) findings.stream().map(FieldFinding::field)
                .filter(each -> each.equals(field) && !field.isEmpty() || each.startsWith(prefix)).distinct().count();
    }

    private int wrongInLast() {
        return (int) findings.stream().map(FieldFinding::field)
                .filter(each -> List.of("id", "description").contains(each)
                        || each.startsWith(TEMPLATE) && !each.equals(TEMPLATE + FormField.CREDENTIAL))
                .distinct().count();
    }

    /** What the chosen source does; empty if none is chosen. */
    public String sourceTitle() {
        return chosen(form.source());
    }

    public String templateTitle() {
        return chosen(form.template());
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
        return errors(TEMPLATE + CONFIRM);
    }

    /** All that is wrong, with the field that each is about if it is on the page. */
    public List<Mistake> mistakes() {
        return findings.stream().map(each -> new Mistake(element(each.field()), label(each.field()), each.message()))
                .toList();
    }

    private String element(String field) {
        return field.equals(TEMPLATE + CONFIRM) ? "confirm" : label(field).isEmpty() ? "" : field.replace('.', '-');
    }

    private String label(String field) {
        return switch (field) {
            case "id" -> "Name";
            case "description" -> "Description";
            case "source" -> "Source";
            case "template" -> "Endpoint";
            case TEMPLATE + CONFIRM -> "Confirmation";
            default -> Stream.concat(sourceParameters(),
                    fields(TEMPLATE, form.template(), form.templateParameters(), any -> true))
                    .filter(each -> each.name().equals(field)).map(FormField::label).findFirst().orElse("");
        };
    }

    public boolean hasErrors() {
        return !findings.isEmpty();
    }

    public List<FormField> sourceFields() {
        return sourceParameters().filter(FormField::isPlain).toList();
    }

    /** Those that are rarely looked at. */
    public List<FormField> moreSourceFields() {
        return sourceParameters().filter(each -> !each.isPlain()).toList();
    }

    /** The field of the credential, also before an endpoint of the vendor is chosen; none where none is sent. */
    public List<FormField> credentialFields() {
        String template = !form.template().isEmpty() ? form.template()
                : KameletMenu.all(templates()).filter(each -> each.vendor().equals(vendor)).map(KameletCard::name)
                        .findFirst().orElse("");
        return fields(TEMPLATE, template, form.templateParameters(), FlowFormPage::isCredential).toList();
    }

    public List<FormField> mappingFields() {
        return templateParameters().filter(FormField::isLines).toList();
    }

    /** What becomes of attributes that no mapping names. */
    public List<FormField> attributeFields() {
        return group(FieldGroup.ATTRIBUTES);
    }

    public List<FormField> requestFields() {
        return group(FieldGroup.REQUEST);
    }

    public List<FormField> batchFields() {
        return group(FieldGroup.BATCHING);
    }

    public List<FormField> responseFields() {
        return group(FieldGroup.RESPONSES);
    }

    /** Those of the template that are rarely looked at. */
    public List<FormField> moreTemplateFields() {
        return group(FieldGroup.MORE);
    }

    private List<FormField> group(FieldGroup group) {
        return templateParameters().filter(each -> !each.isLines() && FieldGroup.of(each) == group).toList();
    }

    private Stream<FormField> sourceParameters() {
        return fields(SOURCE, form.source(), form.sourceParameters(), any -> true);
    }

    /** All but the credential, whose choices are looked for in all settings. */
    private Stream<FormField> templateParameters() {
        return fields(TEMPLATE, form.template(), form.templateParameters(), each -> !isCredential(each));
    }

    private Stream<FormField> fields(String prefix, String kamelet, Map<String, String> values,
            Predicate<Parameter> wanted) {
        Optional<KameletDefinition> found = known.find(kamelet);
        return found.stream().flatMap(each -> each.parameters().stream())
                .filter(each -> !each.name().equals(FlowForm.FLOW) && !each.name().equals(CONFIRM))
                .filter(wanted)
                .map(each -> field(prefix, kamelet, each, values.getOrDefault(each.name(), "")));
    }

    private FormField field(String prefix, String kamelet, Parameter parameter, String value) {
        List<String> errors = new ArrayList<>(errors(prefix + parameter.name()));
        List<FormField.Choice> choices = isCredential(parameter)
                ? credentials.apply(kamelet, value) : List.of();
        boolean isTypedSecret = parameter.isPassword() && !value.isEmpty() && !value.equals(FlowForm.KEPT);
        if (isTypedSecret && !inPlace) {
            errors.add("Enter this value again; it is hidden.");
        }
        return new FormField(prefix, parameter, isTypedSecret ? "" : value, errors, choices);
    }

    private static boolean isCredential(Parameter parameter) {
        return parameter.name().equals(FormField.CREDENTIAL);
    }
}
