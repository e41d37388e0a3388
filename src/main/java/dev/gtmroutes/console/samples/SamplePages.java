// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.console.flows.FlowFormPage;
import dev.gtmroutes.console.flows.FlowFormValues;
import dev.gtmroutes.console.samples.SampleRequests.Previewed;
import dev.gtmroutes.console.samples.SampleRequests.Sample;
import dev.gtmroutes.console.samples.SampleRequests.Tested;
import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowCheck;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
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

        static native TemplateInstance answer(Answer answer);

        static native TemplateInstance saved(String done, String problem);
    }

    /**
     * What came of a test; without an answer, why it was not sent.
     *
     * @param isOld  whether it was not sent because the requests are others by now
     * @param digest of the requests
     */
    public record Answer(int number, String problem, boolean isOld, Tested tested, TruncatedText body, String digest,
            String whyNotSaved) {
    }

    private final FlowFiles files;
    private final SampleSource source;
    private final SampleRequests requests;
    private final SampleFixture fixture;

    SamplePages(FlowFiles files, SampleSource source, SampleRequests requests, SampleFixture fixture) {
        this.files = files;
        this.source = source;
        this.requests = requests;
        this.fixture = fixture;
    }

    /** What would be sent, and what is wrong with the form, each at its field. Nothing is saved. */
    @POST
    public TemplateInstance requests(MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        SampleSource.Records records = records(values, form);
        List<FieldFinding> findings = new ArrayList<>(new FlowCheck(files.kamelets()).findings(form));
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

    @POST
    @Path("test")
    public TemplateInstance test(MultivaluedMap<String, String> sent) throws InterruptedException {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        int number = values.number("request");
        try {
            Tested tested = requests.test(sample(form, records(values, form)), number, values.value("test-confirm"),
                    values.value("digest"));
            return Templates.answer(new Answer(number, "", false, tested, TruncatedText.json(tested.outcome().body()),
                    values.value("digest"), fixture.whyNot(form.template())));
        } catch (RefusedSample e) {
            boolean isOld = e.field().equals(SampleRequests.RECORDS);
            return Templates.answer(new Answer(number, Problem.sentence(e.getMessage()), isOld, null, null, "", ""));
        }
    }

    /** Makes the records and their requests the sample of the template. */
    @POST
    @Path("save")
    public TemplateInstance save(MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        try {
            return Templates.saved("Saved in " + fixture.save(sample(form, records(values, form)),
                    values.value("digest")) + ".", "");
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
            String shown = source.of(values.value("shown"), form.id(), form.template(), "").text();
            return source.of(choice, form.id(), form.template(), shown);
        }
        return source.of(choice, form.id(), form.template(), values.value("pasted"));
    }

    private static Sample sample(FlowForm form, SampleSource.Records records) {
        return new Sample(form.template(), form.templateParameters(), records.text());
    }

    /** What the flow would be refused for, and no request could be made with. */
    private static boolean isInTheWay(FieldFinding finding) {
        return finding.field().equals("template")
                || finding.field().startsWith("sink.") && !finding.field().equals("sink." + FlowFormPage.CONFIRM);
    }

    /** The page may say more than was found now, until something in it changes. */
    private List<SamplePanel.Field> fields(FlowFormValues values, FlowForm form, List<FieldFinding> findings) {
        return values.has("seen") ? SamplePanel.fields(Stream.concat(names("source.", form.source()),
                names("sink.", form.template())).toList(), findings) : List.of();
    }

    private Stream<String> names(String prefix, String kamelet) {
        return files.kamelets().find(kamelet).map(KameletDefinition::parameters).orElse(List.of()).stream()
                .map(Parameter::name).filter(each -> !each.equals(FlowForm.FLOW) && !each.equals(FlowFormPage.CONFIRM))
                .map(each -> prefix + each);
    }
}
