// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.console.letters.LetterCheck.FieldHint;
import dev.gtmroutes.console.samples.SampleSource;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.lint.fields.TargetFields;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.schema.RequestSchema;
import dev.gtmroutes.record.schema.UnfoldedSchema;
import dev.gtmroutes.web.Problem;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

/** Compares a record, as somebody types it, with what came and with what the endpoint takes. */
@Singleton
public class LetterChecks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FIELDS = 60;

    private final LetterRequests requests;
    private final FlowFiles files;
    private final SampleSource samples;
    private final CamelContext camel;

    LetterChecks(LetterRequests requests, FlowFiles files, SampleSource samples, CamelContext camel) {
        this.requests = requests;
        this.files = files;
        this.samples = samples;
        this.camel = camel;
    }

    /** Of the record as it is saved. */
    LetterCheck of(LetterView view, boolean mayChange) {
        return of(view, new String(view.found().letter().record(), StandardCharsets.UTF_8), mayChange);
    }

    /** Of a text in the place of the record. */
    LetterCheck of(LetterView view, String record, boolean mayChange) {
        String problem = problem(record);
        LetterRequest preview = problem.isEmpty() ? requests.of(view.flow(), view.found().letter(), record, mayChange)
                : LetterRequest.problem("There is no preview, because the text is not one JSON object.");
        return new LetterCheck(view, problem, RecordChanges.between(
                new String(view.found().original().record(), StandardCharsets.UTF_8), record), preview,
                hints(view, preview));
    }

    private static String problem(String record) {
        try {
            FlowLetters.check(record.getBytes(StandardCharsets.UTF_8));
            return "";
        } catch (LetterRefusedException e) {
            return Problem.sentence(GroupRow.sentence(e.getMessage()));
        }
    }

    /** The fields of the endpoint. What the reason or a difference names is marked. */
    private List<FieldHint> hints(LetterView view, LetterRequest preview) {
        String name = view.template() + "-sink";
        Optional<KameletDefinition> template = files.kamelets().find(name);
        if (view.template().isEmpty() || template.isEmpty()) {
            return List.of();
        }
        Optional<FlowForm> form = files.find(view.flow()).flatMap(StoredFlow::form)
                .filter(each -> each.template().equals(name));
        TargetFields fields = new TargetFields(template.get(), value -> resolved(value, template.get(), form));
        List<byte[]> records = samples.of("template", "", name, "", CsvCells.DEFAULT).text().lines()
                .map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
        List<String> said = new ArrayList<>(preview.differences());
        said.add(preview.isRefused() ? preview.problem() : "");
        String reason = view.found().letter().why().said();
        return fields.of(schema(fields.schemaFile()), records).stream().limit(MOST_FIELDS)
                .map(each -> new FieldHint(each.target(), each.type(), each.isRequired(),
                        said.stream().anyMatch(text -> isNamed(each.attribute(), text)) ? "not as the endpoint takes it"
                                : isNamed(each.attribute(), reason) ? "named in the reason" : ""))
                .toList();
    }

    private static boolean isNamed(String attribute, String text) {
        String top = attribute.contains(".") ? attribute.substring(0, attribute.indexOf('.')) : attribute;
        return List.of(attribute, top).stream().anyMatch(each -> Pattern
                .compile("(?<![\\w.])" + Pattern.quote(each) + "(?![\\w.]\\w)(?!\\w)").matcher(text).find());
    }

    /** With the parameters of the flow, except secrets, in their places. */
    private static String resolved(String value, KameletDefinition template, Optional<FlowForm> form) {
        return ParameterText.resolve(value, placeholder -> {
            String name = placeholder.substring(2, placeholder.length() - 2);
            return template.parameter(name).filter(each -> !each.isPassword()).map(each -> form
                    .map(FlowForm::templateParameters).map(all -> all.get(name)).orElse(standard(each))).orElse("");
        });
    }

    private static String standard(Parameter parameter) {
        return parameter.defaultValue() == null ? "" : parameter.defaultValue();
    }

    /** @return null if there is none that can be used; the preview says why */
    private JsonNode schema(String file) {
        try {
            Path path = file.isBlank() ? null : Path.of(camel.resolvePropertyPlaceholders(file));
            if (path == null || !Files.isRegularFile(path) || Files.size(path) > RequestSchema.MOST_BYTES) {
                return null;
            }
            JsonNode schema = JSON.readTree(Files.readAllBytes(path));
            return UnfoldedSchema.isTooLarge(schema) ? null : schema;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
