// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.form.FlowFormPage;
import dev.gtmroutes.console.form.FlowFormValues;
import dev.gtmroutes.console.samples.SampleRequests.Previewed;
import dev.gtmroutes.console.samples.SampleRequests.Sample;
import dev.gtmroutes.console.samples.SampleRequests.Tested;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** Beside the form of a flow: the requests that it would send for sample records, and one of them sent as a test. */
@Singleton
@Blocking
@Path("/flows/samples")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class SamplePages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance requests(SamplePanel panel);

        static native TemplateInstance records(SampleSource.Records sample, boolean hasInbox);

        static native TemplateInstance editor(PayloadEditor editor);

        static native TemplateInstance answer(TestAnswer answer);

        static native TemplateInstance saved(String done, String problem);
    }

    private final Audit audit;
    private final FlowFiles files;
    private final SampleSource source;
    private final SampleRequests requests;
    private final FlowSample sample;
    private final SampleCells cells;

    SamplePages(Audit audit, FlowFiles files, SampleSource source, SampleRequests requests, FlowSample sample,
            SampleCells cells) {
        this.audit = audit;
        this.files = files;
        this.source = source;
        this.requests = requests;
        this.sample = sample;
        this.cells = cells;
    }

    /** What would be sent, and what is wrong with the form, each at its field. Nothing is saved. */
    @POST
    public TemplateInstance requests(MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        SampleSource.Records records = records(values, form);
        // After a refused save, all that was found then is looked for: no mark goes before the mistake is gone.
        boolean isTried = values.has("tried");
        List<FieldFinding> findings = new ArrayList<>(isTried ? files.findings(form, values.value("version").isEmpty())
                : files.check().findings(form));
        boolean isFit = findings.stream().noneMatch(SamplePages::isInTheWay);
        try {
            Sample sample = sample(form, records);
            if (!isFit) {
                return Templates.requests(SamplePanel.none(records, form.template().isEmpty()
                        ? "Choose a template to preview its requests."
                        : "Correct the marked fields to preview the requests.", fields(values, form, findings)));
            }
            Previewed preview = requests.preview(sample);
            if (!preview.credentialProblem().isEmpty()) {
                findings.add(new FieldFinding("sink.credential", preview.credentialProblem()));
            }
            return Templates.requests(SamplePanel.of(records, preview, fields(values, form, findings)));
        } catch (RefusedSample e) {
            findings.add(new FieldFinding(e.field(), e.getMessage()));
            return Templates
                    .requests(SamplePanel.none(records, Problem.sentence("No request can be made: " + e.getMessage()),
                            fields(values, form, findings)));
        }
    }

    /** What is chosen as records; with a field to change them in, if that is wanted. */
    @POST
    @Path("records")
    public TemplateInstance records(MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        return Templates.records(records(values, form), files.find(form.id()).isPresent());
    }

    /** The fields in which one of the requests can be edited. Nothing is sent. */
    @POST
    @Path("editor")
    public TemplateInstance editor(MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        int number = values.number("request");
        try {
            return Templates.editor(PayloadEditor.of(number, requests.preview(sample(form, records(values, form)))));
        } catch (RefusedSample e) {
            return Templates.editor(PayloadEditor.none(number, Problem.sentence(e.getMessage())));
        }
    }

    /** What is edited is sent as it is in the page, so it does not matter what the form makes of the records by now. */
    private static EditedRequest edit(MultivaluedMap<String, String> sent) {
        return !sent.containsKey("edit-method") ? null : new EditedRequest(first(sent, "edit-method"),
                first(sent, "edit-url").strip(), first(sent, "edit-headers").replace("\r\n", "\n"),
                sent.getFirst("edit-body"));
    }

    private static String first(MultivaluedMap<String, String> sent, String name) {
        String value = sent.getFirst(name);
        return value == null ? "" : value;
    }

    @POST
    @Path("test")
    public TemplateInstance test(MultivaluedMap<String, String> sent) throws InterruptedException {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        int number = values.number("request");
        EditedRequest edit = edit(sent);
        try {
            Tested tested = requests.test(sample(form, records(values, form)), number, values.value("test-confirm"),
                    values.value("digest"), edit);
            audit.write(AuditAction.TESTED, form.template() + (edit == null ? "" : " (edited request)"));
            return Templates
                    .answer(new TestAnswer(number, "", false, tested, edit != null, values.value("digest"), form.id(),
                            sample.file(form.id()).map(Object::toString).orElse(""), sample.whyNot(form.id())));
        } catch (RefusedSample e) {
            boolean isOld = e.field().equals(SampleRequests.RECORDS);
            return Templates.answer(TestAnswer.notSent(number, Problem.sentence(e.getMessage()), isOld));
        }
    }

    /** Makes the records the sample of the flow. */
    @POST
    @Path("save")
    public TemplateInstance save(MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        try {
            String saved = sample.save(form.id(), sample(form, records(values, form)), values.value("digest")).toString();
            audit.write(AuditAction.SAVED_SAMPLE, form.id());
            return Templates.saved("Saved in " + saved + ".", "");
        } catch (RefusedSample | IOException e) {
            return Templates.saved("", Problem.sentence("Not saved: " + e.getMessage()));
        }
    }

    private FlowFormValues values(MultivaluedMap<String, String> sent) {
        return new FlowFormValues(sent, files.kamelets());
    }

    /** What a person edits begins as what was shown before. */
    private SampleSource.Records records(FlowFormValues values, FlowForm form) {
        String choice = values.value("sample");
        boolean edits = choice.equals(SampleSource.PASTED);
        if (edits && !values.has("pasted")) {
            String shown = source.of(values.value("shown"), form.id(), form.template(), "", cells(form)).text();
            return source.of(choice, form.id(), form.template(), shown, cells(form));
        }
        return source.of(choice, form.id(), form.template(), values.value("pasted"), cells(form));
    }

    private Sample sample(FlowForm form, SampleSource.Records records) {
        return new Sample(form.template(), form.templateParameters(), records.text(), cells(form));
    }

    private CsvCells cells(FlowForm form) {
        return cells.of(form.source(), form.sourceParameters());
    }

    /** What the flow would be refused for, and no request could be made with. */
    private static boolean isInTheWay(FieldFinding finding) {
        return finding.field().equals("template")
                || finding.field().startsWith("sink.") && !finding.field().equals("sink." + FlowFormPage.CONFIRM);
    }

    /** The page may say more than was found now, until something in it changes. */
    private List<SamplePanel.Field> fields(FlowFormValues values, FlowForm form, List<FieldFinding> findings) {
        Stream<String> others = values.has("tried")
                ? Stream.of("id", "description", "source", "template", "sink." + FlowFormPage.CONFIRM)
                : Stream.empty();
        return values.has("seen") ? SamplePanel.fields(Stream.of(names("source.", form.source()),
                names("sink.", form.template()), others).flatMap(each -> each).toList(), findings) : List.of();
    }

    private Stream<String> names(String prefix, String kamelet) {
        return files.kamelets().find(kamelet).map(KameletDefinition::parameters).orElse(List.of()).stream()
                .map(Parameter::name).filter(each -> !each.equals(FlowForm.FLOW) && !each.equals(FlowFormPage.CONFIRM))
                .map(each -> prefix + each);
    }
}
