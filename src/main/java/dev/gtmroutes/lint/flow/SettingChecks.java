// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.kamelet.PasswordMarks;
import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.UriTemplate;
import dev.gtmroutes.record.mapping.Mapping;

/**
 * What is wrong with the settings of one call of a Kamelet: each by itself, and those that have no effect together. Load,
 * save, {@code validate} and preview all ask here, so that they say the same.
 */
public final class SettingChecks {

    /**
     * A mistake.
     *
     * @param parameter whose value has to be another one
     * @param message   what is wrong and what to do, one line that begins with the label of the parameter
     */
    public record Problem(String parameter, String message) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = "\"{*}\"";

    private final KameletDefinition kamelet;
    private final Map<String, String> given;
    private final List<Problem> problems = new ArrayList<>();

    private SettingChecks(KameletDefinition kamelet, Map<String, String> given) {
        this.kamelet = kamelet;
        this.given = given;
    }

    /** @param given values by parameter, without {@code RAW(...)}; what settings give is not looked at */
    public static List<Problem> of(KameletDefinition kamelet, Map<String, String> given) {
        SettingChecks checks = new SettingChecks(kamelet, given);
        for (Parameter each : kamelet.parameters()) {
            String value = given.get(each.name());
            if (value != null && each.isMapping() && !ParameterText.hasPlaceholder(value)) {
                Mapping.problems(value).forEach(problem -> checks.tell(each.name(), problem.toString()));
            } else if (value != null && (!each.isPassword() || PasswordMarks.isWebhook(each))) {
                each.refuses(value).ifPresent(why -> checks.problems.add(new Problem(each.name(), why)));
            }
        }
        checks.together();
        return checks.problems;
    }

    /** Only what has no effect together. */
    static List<Problem> together(KameletDefinition kamelet, Map<String, String> given) {
        SettingChecks checks = new SettingChecks(kamelet, given);
        checks.together();
        return checks.problems;
    }

    private void together() {
        if (value("contentFormat").filter("form"::equals).isPresent()) {
            form();
        }
        value("excludeAttributes").ifPresent(this::excluded);
        if (value("mapOthers").filter("false"::equals).isPresent()) {
            value("map").filter(each -> Mapping.problems(each).isEmpty()).ifPresent(each -> mapped(Mapping.of(each, true)));
        }
        value("onlyChanged").filter(each -> !each.isBlank()).ifPresent(each -> onlyChanged());
    }

    /** What is sent is only what the mapping makes, so it makes all that is asked for. */
    private void mapped(Mapping mapping) {
        if (mapping.isEmpty()) {
            tell("mapOthers", "There is no line in " + label("map") + ", so nothing would be sent. Write a line such as "
                    + "duration = {minutes:number*60}, or set this to true.");
            return;
        }
        String only = ", and only what this mapping makes is sent. Add a line ";
        for (String each : names(required(), ",")) {
            List<String> alternatives = names(each, "\\|");
            if (alternatives.stream().noneMatch(mapping::makes)) {
                tell("map", "The endpoint requires " + String.join(" or ", alternatives) + " in each record" + only
                        + alternatives.get(0) + " = …, or set " + label("mapOthers") + " to true.");
            }
        }
        for (String each : takenFromRecord()) {
            if (!mapping.makes(each)) {
                tell("map", "The URL contains " + each + only + each + " = …, or set " + label("mapOthers") + " to true.");
            }
        }
        for (String parameter : List.of("excludeAttributes", "groupBy", "orderBy", "onlyChanged", "keyBy")) {
            value(parameter).filter(each -> given.containsKey(parameter)).ifPresent(list -> names(list, ",").stream()
                    .filter(each -> !mapping.makes(each)).forEach(each -> tell(parameter, label("map") + " makes no " + each
                            + ", so naming it here has no effect. Remove it from this list, or add a line " + each
                            + " = … to "
                            + label("map") + ".")));
        }
    }

    private String required() {
        String ofVendor = value("bodyFormat").filter("vendor"::equals).isPresent() ? delivery("vendorRequired") : "";
        return ofVendor.isEmpty() ? delivery("required") : ofVendor;
    }

    /** The attributes that a URL has to have. */
    private List<String> takenFromRecord() {
        try {
            return new UriTemplate(delivery("path"), delivery("variable")).needed().stream().map(AttributePath::text)
                    .toList();
        } catch (IllegalArgumentException e) {
            // Who reads URLs says what is wrong with it.
            return List.of();
        }
    }

    /** A form that is another one each time is never unchanged. */
    private void onlyChanged() {
        List<String> excluded = names(value("excludeAttributes").orElse(""), ",");
        value("map").filter(each -> Mapping.problems(each).isEmpty()).stream()
                .flatMap(each -> Mapping.of(each, true).runValues().stream())
                .filter(each -> excluded.stream().noneMatch(out -> covers(out, each.target())))
                .map(Mapping.RunValue::name).distinct()
                .forEach(each -> tell("onlyChanged", label("map") + " puts {" + each
                        + "} into each record, which is another one each time, so every record is a changed one. "
                        + "Remove it there, or leave this field empty."));
    }

    /** Of what the call gives, or else of the default; empty where there is no such parameter, or a setting decides. */
    private Optional<String> value(String name) {
        return kamelet.parameter(name).map(each -> given.getOrDefault(name, each.defaultValue()))
                .filter(each -> !ParameterText.hasPlaceholder(each));
    }

    private void form() {
        if (value("batch").filter("true"::equals).isPresent()) {
            tell("batch", "A form holds one record. Turn batching off, or set " + label("contentFormat") + " to json.");
        }
        value("body").filter(each -> !each.equals("none") && !each.equals(RECORD) && !isFlat(each))
                .ifPresent(each -> tell("body",
                        "A form has no nested values. Write one object with a text, a number or an attribute for each "
                                + "field, or set " + label("contentFormat") + " to json."));
    }

    private static boolean isFlat(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (!json.isObject()) {
                return false;
            }
            for (JsonNode each : json) {
                if (each.isContainerNode() || each.asText().equals("{*}")) {
                    return false;
                }
            }
            return true;
        } catch (JsonProcessingException e) {
            // Who reads body templates says what is wrong with it.
            return true;
        }
    }

    /** The URL, groups and order are made of the record before anything is left out of it; its body is not. */
    private void excluded(String attributes) {
        List<String> excluded = names(attributes, ",");
        takenByUrl().stream().filter(excluded::contains).forEach(each -> tell("excludeAttributes", "The URL contains " + each
                + ", so the body already omits it. Remove it from this list."));
        String required = delivery("required");
        String url = delivery("path") + delivery("variable");
        if (!delivery("body").equals(RECORD)) {
            return;
        }
        for (String each : names(required, ",")) {
            List<String> alternatives = names(each, "\\|");
            boolean gone = alternatives.stream().allMatch(one -> excluded.stream().anyMatch(out -> covers(out, one)));
            boolean inUrl = alternatives.stream().anyMatch(one -> UriVariables.in(url).contains(one));
            if (gone && !inUrl) {
                tell("excludeAttributes", "The endpoint requires " + String.join(" or ", alternatives)
                        + " in each record. Remove it from this list.");
            }
        }
    }

    /** The attributes that are whole values of the URL; none where they stay in the body all the same. */
    private List<String> takenByUrl() {
        if (value("keepUrlAttributes").filter("true"::equals).isPresent()) {
            return List.of();
        }
        try {
            return new UriTemplate(delivery("path"), delivery("variable")).whole().stream().map(AttributePath::text)
                    .toList();
        } catch (IllegalArgumentException e) {
            // Who reads URLs says what is wrong with it.
            return List.of();
        }
    }

    private static boolean covers(String excluded, String attribute) {
        return attribute.equals(excluded) || attribute.startsWith(excluded + ".");
    }

    private static List<String> names(String list, String separator) {
        return Arrays.stream(list.split(separator)).map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    /** What the template tells the delivery, with the values of this call in it; empty where it tells nothing. */
    private String delivery(String name) {
        return EndpointCall.in(kamelet.template()).stream()
                .filter(each -> each.kamelet().filter("http-delivery-sink"::equals).isPresent())
                .flatMap(each -> each.argument(name).stream()).map(Argument::plain).findFirst()
                .map(text -> ParameterText.resolve(text,
                        placeholder -> value(placeholder.substring(2, placeholder.length() - 2)).orElse("")))
                .orElse(name.equals("body") ? RECORD : "");
    }

    private String label(String parameter) {
        return kamelet.parameter(parameter).map(Parameter::label).orElse(parameter);
    }

    private void tell(String parameter, String message) {
        problems.add(new Problem(parameter, label(parameter) + ": " + message));
    }
}
