// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.console.form.FlowFormValues;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.fields.TargetField;
import dev.gtmroutes.lint.fields.TargetFields;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.record.mapping.MappingTrial;
import dev.gtmroutes.record.schema.RequestSchema;
import dev.gtmroutes.record.schema.UnfoldedSchema;
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
import org.apache.camel.CamelContext;

/** Within the form of a flow: the mapping as a table, and the attributes that can be picked. Nothing is saved. */
@Singleton
@Blocking
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class MappingPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance table(MappingPanel panel);

        static native TemplateInstance attributes(AttributeLists lists);
    }

    /**
     * The table.
     *
     * @param edit    the number of the edit that it is the answer to
     * @param made    how many of the known fields get a value
     * @param fields  how many fields are known
     * @param records how many records the sample has
     */
    public record MappingPanel(String edit, List<MappingRow> rows, long made, int fields, int records) {

        /** How much is mapped, in words. */
        public String count() {
            long lines = rows.stream().filter(each -> each.number() > 0 && !each.isText()).count();
            return fields > 0 ? made + " of " + fields + " target fields are mapped"
                    : lines == 1 ? "1 target field is mapped" : lines + " target fields are mapped";
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The parameter of templates that says whether attributes stay that no line assigns to. */
    private static final String KEEPS = "mapOthers";
    private static final int MOST_LINES = 1000;

    private final FlowFiles files;
    private final SampleAttributes samples;
    private final CamelContext camel;

    MappingPages(FlowFiles files, SampleAttributes samples, CamelContext camel) {
        this.files = files;
        this.samples = samples;
        this.camel = camel;
    }

    /** The rows of the mapping as it is in the page, with what they make of the sample records. */
    @POST
    @Path("flows/form/mapping")
    public TemplateInstance table(MultivaluedMap<String, String> sent) {
        FlowFormValues values = new FlowFormValues(sent, files.kamelets());
        FlowForm form = values.asInPage(files);
        Optional<KameletDefinition> template = files.kamelets().find(form.template());
        String text = text(sent, template);
        List<TargetField> fields = fields(template, form);
        MappingTable.Content content = new MappingTable.Content(ShownLines.of(text),
                MappingTrial.of(ShownLines.masked(text)),
                samples.records(values, form), samples.attributes(values, form), fields, keeps(template, form),
                kinds(values.value("mapping-kinds")), samples.isOfEndpoint(values, form), Secrets.of(camel));
        MappingTable table = new MappingTable(content);
        return Templates.table(new MappingPanel(values.value("mapping-edit"), table.rows(), table.made(), fields.size(),
                content.records().size()));
    }

    /** Attributes that the flow's records have, before and after the mapping, and fields that its endpoint takes. */
    @POST
    @Path("flows/form/attributes")
    public TemplateInstance attributes(MultivaluedMap<String, String> sent) {
        FlowFormValues values = new FlowFormValues(sent, files.kamelets());
        FlowForm form = values.asInPage(files);
        Optional<KameletDefinition> template = files.kamelets().find(form.template());
        return Templates.attributes(AttributeLists.of(samples.attributes(values, form),
                MappingTrial.of(ShownLines.masked(text(sent, template))).lines(), keeps(template, form),
                fields(template, form), Secrets.of(camel), samples.origin(values, form)));
    }

    /** With its blank lines at the beginning: rows name lines by their numbers. */
    private static String text(MultivaluedMap<String, String> sent, Optional<KameletDefinition> template) {
        return template.stream().flatMap(each -> each.parameters().stream()).filter(Parameter::isMapping)
                .map(each -> sent.getFirst("sink." + each.name())).filter(Objects::nonNull).findFirst()
                .map(each -> each.lines().limit(MOST_LINES).collect(Collectors.joining("\n"))).orElse("");
    }

    private static boolean keeps(Optional<KameletDefinition> template, FlowForm form) {
        String usual = template.flatMap(each -> each.parameter(KEEPS)).map(Parameter::defaultValue).orElse("true");
        return !form.templateParameters().getOrDefault(KEEPS, usual).equals("false");
    }

    /** Lines of {@code key=kind}. */
    private static Map<String, String> kinds(String chosen) {
        Map<String, String> kinds = new HashMap<>();
        chosen.lines().filter(each -> each.matches(".*=(attribute|constant|expression)"))
                .forEach(each -> kinds.put(each.substring(0, each.lastIndexOf('=')),
                        each.substring(each.lastIndexOf('=') + 1)));
        return kinds;
    }

    private List<TargetField> fields(Optional<KameletDefinition> template, FlowForm form) {
        if (template.isEmpty()) {
            return List.of();
        }
        TargetFields fields = new TargetFields(template.get(), value -> resolved(value, template.get(), form));
        return fields.of(schema(fields.schemaFile()), samples.ofTemplate(form.template()));
    }

    /** With the parameters of the template in their places. What a setting has elsewhere is not looked at. */
    private static String resolved(String value, KameletDefinition template, FlowForm form) {
        return ParameterText.resolve(value, placeholder -> {
            String name = placeholder.substring(2, placeholder.length() - 2);
            Optional<Parameter> parameter = template.parameter(name).filter(each -> !each.isPassword());
            return parameter.map(each -> form.templateParameters().getOrDefault(name,
                    each.defaultValue() == null ? "" : each.defaultValue())).orElse("");
        });
    }

    /** @return null if there is none that can be used; the preview says why */
    private JsonNode schema(String file) {
        try {
            java.nio.file.Path path = file.isBlank() ? null
                    : java.nio.file.Path.of(camel.resolvePropertyPlaceholders(file));
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
