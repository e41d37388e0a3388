// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.console.form.FlowFormValues;
import dev.gtmroutes.console.samples.SampleCells;
import dev.gtmroutes.console.samples.SampleSource;
import dev.gtmroutes.console.samples.TemplateSample;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.YamlNode;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import dev.gtmroutes.record.survey.AttributeSurvey;
import dev.gtmroutes.record.survey.SurveyedAttribute;
import jakarta.inject.Singleton;

/** The sample records of a form, and the attributes of all records that are known for its flow. */
@Singleton
public class SampleAttributes {

    private static final int MOST_RECORDS = 100;
    /** Where lists have their records unless their Kamelet says otherwise, as rest-records-source has it. */
    private static final String USUAL_PLACE = "data";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FlowFiles files;
    private final SampleSource samples;
    private final SampleCells cells;

    SampleAttributes(FlowFiles files, SampleSource samples, SampleCells cells) {
        this.files = files;
        this.samples = samples;
        this.cells = cells;
    }

    /** The records that the preview beside the form shows, at most 100; what is no record is left out. */
    List<SourceRecord> records(FlowFormValues values, FlowForm form) {
        CsvCells become = cells.of(form.source(), form.sourceParameters());
        return records(chosen(values, form, become).text().getBytes(StandardCharsets.UTF_8), become);
    }

    /**
     * The attributes of these records; then of the sample of the flow, and of the sample of the source. The records of the
     * template's sample have the form of the endpoint, so they count only where nothing else is known.
     */
    List<SurveyedAttribute> attributes(FlowFormValues values, FlowForm form) {
        // A column is an attribute also where the sample has no value of it.
        CsvCells become = new CsvCells(cells.of(form.source(), form.sourceParameters()).typed(), true);
        SampleSource.Records chosen = chosen(values, form, become);
        AttributeSurvey survey = new AttributeSurvey();
        if (!chosen.choice().equals(SampleSource.TEMPLATE)) {
            add(survey, chosen, become);
        }
        add(survey, samples.of(SampleSource.FLOW, form.id(), "", "", become), become);
        ofSource(form.source()).forEach(survey::add);
        if (survey.attributes().isEmpty()) {
            add(survey, chosen, become);
        }
        return survey.attributes();
    }

    /** Where the names of {@link #attributes} come from, as a sentence. */
    String origin(FlowFormValues values, FlowForm form) {
        CsvCells become = cells.of(form.source(), form.sourceParameters());
        SampleSource.Records chosen = chosen(values, form, become);
        if (!chosen.choice().equals(SampleSource.TEMPLATE) && !chosen.text().isEmpty()) {
            return "The names of attributes are those of the records " + chosen.about() + ".";
        }
        if (!samples.of(SampleSource.FLOW, form.id(), "", "", become).text().isEmpty()) {
            return "The names of attributes are those of the sample of the flow.";
        }
        return ofSource(form.source()).isEmpty()
                ? "The names of attributes are those of the sample of the endpoint, because no record of the flow is known. "
                        + "To pick yours, enter a record of yours as sample record beside the form."
                : "The names of attributes are those of a sample page of the source.";
    }

    /** Whether the chosen records are the sample of the endpoint: they say nothing of what the flow's own records have. */
    boolean isOfEndpoint(FlowFormValues values, FlowForm form) {
        return chosen(values, form, cells.of(form.source(), form.sourceParameters())).choice().equals(SampleSource.TEMPLATE);
    }

    /** Records as the sample of a template has them. */
    List<byte[]> ofTemplate(String template) {
        return records(samples.of(SampleSource.TEMPLATE, "", template, "", CsvCells.DEFAULT).text()
                .getBytes(StandardCharsets.UTF_8), CsvCells.DEFAULT).stream().map(SourceRecord::bytes).toList();
    }

    private SampleSource.Records chosen(FlowFormValues values, FlowForm form, CsvCells become) {
        String choice = values.value("sample");
        boolean isOpened = choice.equals(SampleSource.PASTED) && !values.has("pasted");
        return samples.of(isOpened ? values.value("shown") : choice, form.id(), form.template(), values.value("pasted"),
                become);
    }

    private static void add(AttributeSurvey survey, SampleSource.Records records, CsvCells become) {
        records(records.text().getBytes(StandardCharsets.UTF_8), become).forEach(each -> survey.add(each.bytes()));
    }

    private static List<SourceRecord> records(byte[] text, CsvCells become) {
        List<SourceRecord> records = new ArrayList<>();
        try (RecordReader reader = RecordReader.open(text, "records", null, RecordSize.DEFAULT, become)) {
            for (int i = 0; i < MOST_RECORDS && reader.hasNext(); i++) {
                SourceRecord each = reader.next();
                if (each.wellFormed()) {
                    records.add(each);
                }
            }
        } catch (NotRecordsException | IOException | UncheckedIOException e) {
            // The preview beside the form says why these are no records.
            return records;
        }
        return records;
    }

    /** A page of the list that a source reads, as the vendor's reference shows it. */
    private List<byte[]> ofSource(String source) {
        KameletDefinition kamelet = files.kamelets().find(source).orElse(null);
        byte[] page = kamelet == null ? null : new TemplateSample(kamelet).whole().orElse(null);
        List<byte[]> records = new ArrayList<>();
        try {
            JsonNode place = page == null ? JSON.missingNode() : JSON.readTree(page);
            for (String each : page == null ? new String[0] : place(kamelet).split("\\.")) {
                place = each.isEmpty() || place.isArray() ? place : place.path(each);
            }
            for (JsonNode each : place.isArray() ? place : List.of(place)) {
                if (each.isObject() && records.size() < MOST_RECORDS) {
                    records.add(JSON.writeValueAsBytes(each));
                }
            }
        } catch (IOException e) {
            // A sample that is no JSON describes nothing.
            return List.of();
        }
        return records;
    }

    private static String place(KameletDefinition source) {
        return source.template().get("beans").items().stream().map(each -> each.get("properties").get("records"))
                .filter(YamlNode::exists).map(YamlNode::text).findFirst().orElse(USUAL_PLACE);
    }
}
