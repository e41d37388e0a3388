// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.console.form.KameletMenu;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/templates}: the sources and templates that a flow can be made of. */
@Singleton
@Blocking
@Path("/api/templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flows")
public class TemplatesResource {

    /**
     * A source or template.
     *
     * @param name         by which a flow calls it
     * @param type         source, or sink for a template
     * @param vendor       whose API it is for, or what kind of source it is
     * @param irreversible whether a flow has to confirm it, because it cannot be undone
     * @param schema       of its parameters: a JSON schema
     */
    public record Template(String name, String title, String description, String type, String vendor,
            boolean irreversible, @Schema(type = SchemaType.OBJECT) ObjectNode schema) {
    }

    private final FlowFiles files;

    TemplatesResource(FlowFiles files) {
        this.files = files;
    }

    /** @return all of them, in the order of their names */
    @GET
    @Operation(summary = "Lists the sources and templates for flows")
    public List<Template> all() {
        return files.kamelets().all().stream().filter(each -> List.of("source", "sink").contains(each.type()))
                .map(each -> new Template(each.fileName(), KameletMenu.title(each), each.description(), each.type(),
                        KameletMenu.vendor(each), each.isIrreversible(), schema(each)))
                .toList();
    }

    private static ObjectNode schema(KameletDefinition kamelet) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (Parameter each : kamelet.parameters()) {
            properties.set(each.name(), property(each));
            if (each.required()) {
                required.add(each.name());
            }
        }
        return schema;
    }

    private static ObjectNode property(Parameter parameter) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("title", parameter.title())
                .put("description", parameter.description()).put("type", parameter.type());
        if (!parameter.format().isEmpty()) {
            json.put("format", parameter.format());
        }
        if (parameter.defaultValue() != null) {
            json.put("default", parameter.defaultValue());
        }
        if (!parameter.example().isEmpty()) {
            json.put("example", parameter.example());
        }
        if (!parameter.choices().isEmpty()) {
            parameter.choices().forEach(json.putArray("enum")::add);
        }
        return json;
    }
}
