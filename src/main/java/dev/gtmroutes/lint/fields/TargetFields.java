// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.lint.flow.Argument;
import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.record.survey.AttributeSurvey;
import dev.gtmroutes.record.survey.SurveyedAttribute;
import dev.gtmroutes.record.survey.ValueKind;

/**
 * Which fields the endpoint of a template takes: what the template requires and allows, what the schema of its request body
 * declares, and what the records of its sample have.
 */
public final class TargetFields {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHOLE = "{*}";

    private final EndpointCall call;
    private final UnaryOperator<String> resolved;

    /**
     * @param template that calls a delivery
     * @param resolved gives a parameter of that call its value, where a part of it is a parameter of the template
     */
    public TargetFields(KameletDefinition template, UnaryOperator<String> resolved) {
        this.call = EndpointCall.in(template.template()).stream().filter(each -> each.kamelet().isPresent()).findFirst()
                .orElse(null);
        this.resolved = resolved;
    }

    /** The file of the schema of the request body; empty if there is none. */
    public String schemaFile() {
        return argument("schema");
    }

    /**
     * @param schema  of the request body; null for none
     * @param samples records that the endpoint takes
     * @return at most {@value AttributeSurvey#MOST}, those that are required first
     */
    public List<TargetField> of(JsonNode schema, List<byte[]> samples) {
        Map<String, TargetField> fields = new LinkedHashMap<>(schema == null ? Map.of()
                : SchemaFields.of(schema, wayToRecord()));
        AttributeSurvey survey = new AttributeSurvey();
        samples.forEach(survey::add);
        for (SurveyedAttribute each : survey.leaves()) {
            fields.merge(each.target(), ofSample(each), TargetFields::merged);
        }
        Set<String> required = required();
        for (String each : required) {
            if (fields.values().stream().noneMatch(field -> isWithin(field.attribute(), each))) {
                fields.put(each, new TargetField(each, each, null, false, each, "", List.of(), ""));
            }
        }
        Map<String, List<String>> allowed = allowed();
        List<TargetField> all = new ArrayList<>();
        fields.values().forEach(each -> all.add(withCall(each, required, allowed)));
        all.sort((one, other) -> Boolean.compare(other.isRequired(), one.isRequired()));
        return all.size() > AttributeSurvey.MOST ? all.subList(0, AttributeSurvey.MOST) : all;
    }

    private static TargetField ofSample(SurveyedAttribute attribute) {
        List<ValueKind> kinds = attribute.kinds().stream().filter(each -> each != ValueKind.EMPTY).toList();
        return new TargetField(attribute.target(), attribute.path(), kinds.size() == 1 ? kinds.get(0) : null, false, "", "",
                List.of(), attribute.sample());
    }

    /** The schema says more than the sample, which has a value. */
    private static TargetField merged(TargetField schema, TargetField sample) {
        boolean isTime = schema.kind() == ValueKind.TEXT && sample.kind() == ValueKind.TIME;
        return new TargetField(schema.target(), schema.attribute(), isTime ? sample.kind() : schema.kind(), schema.sure(),
                schema.required(), schema.description(), schema.allowed(),
                schema.sample().isEmpty() ? sample.sample() : schema.sample());
    }

    private static TargetField withCall(TargetField field, Set<String> required, Map<String, List<String>> allowed) {
        String place = required.stream().filter(each -> isWithin(field.attribute(), each)).findFirst()
                .orElse(field.required());
        return new TargetField(field.target(), field.attribute(), field.kind(), field.sure(), place, field.description(),
                allowed.getOrDefault(field.attribute(), field.allowed()), field.sample());
    }

    private static boolean isWithin(String attribute, String place) {
        return attribute.equals(place) || attribute.startsWith(place + ".");
    }

    /** Attributes of which each record must have all. Of those of which it must have one, no field is required. */
    private Set<String> required() {
        boolean isVendors = argument("bodyFormat").equals("vendor");
        String ofVendor = argument("vendorRequired");
        Set<String> names = new LinkedHashSet<>();
        for (String each : (isVendors && !ofVendor.isBlank() ? ofVendor : argument("required")).split(",")) {
            if (!each.isBlank() && !each.contains("|")) {
                names.add(each.strip());
            }
        }
        return names;
    }

    private Map<String, List<String>> allowed() {
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        for (String each : argument("allowed").split(",")) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                allowed.put(each.substring(0, equals).strip(), List.of(each.substring(equals + 1).strip().split("\\|")));
            }
        }
        return allowed;
    }

    private List<String> wayToRecord() {
        String body = argument("body");
        List<String> way = new ArrayList<>();
        if (body.isBlank() || body.equals('"' + WHOLE + '"')) {
            return argument("batch").equals("true") ? List.of("[]") : List.of();
        }
        try {
            return leads(JSON.readTree(body), way) ? way : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static boolean leads(JsonNode body, List<String> way) {
        if (body.isTextual()) {
            return body.asText().equals(WHOLE);
        }
        for (Map.Entry<String, JsonNode> each : body.properties()) {
            way.add(each.getKey());
            if (leads(each.getValue(), way)) {
                return true;
            }
            way.remove(way.size() - 1);
        }
        for (JsonNode each : body.isArray() ? body : List.<JsonNode>of()) {
            way.add("[]");
            if (leads(each, way)) {
                return true;
            }
            way.remove(way.size() - 1);
        }
        return false;
    }

    private String argument(String name) {
        return call == null ? "" : call.argument(name).map(Argument::value).map(ParameterText::plain).map(resolved)
                .orElse("");
    }
}
