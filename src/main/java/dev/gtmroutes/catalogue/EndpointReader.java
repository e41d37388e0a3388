// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.catalogue.EndpointEntry.OwnParameter;
import dev.gtmroutes.lint.yaml.YamlNode;
import dev.gtmroutes.record.RequestMapping;

/** Reads what a catalogue file says about one endpoint. */
final class EndpointReader {

    /** What the delivery's parameters of the same name take. */
    private static final List<String> MAPPING = List.of("required", "allowed", "rename", "add", "body");
    private static final List<String> VENDOR_FORM = List.of("path", "body", "required", "rename");
    private static final List<String> PARAMETER = List.of("title", "description", "values", "default");
    private static final List<String> KEYS = Stream.concat(
            Stream.of("title", "description", "request", "parameters", "required", "allowed", "rename", "add", "body",
                    "contentFormat", "vendorForm", "batch", "largestBatch", "irreversible"),
            EndpointEntry.USUAL.keySet().stream()).toList();
    /** Names of parameters that all templates have, or that the delivery gets from them. */
    private static final Set<String> COMMON = Set.of("credential", "batch", "batchSize", "maxBatchBytes", "batchTimeout",
            "groupBy", "excludeAttributes", "keepUrlAttributes", "requestHeaders", "responseWebhook", "maxInFlight",
            "orderBy", "onceOnly", "failureWhen", "itemResults", "retryFor", "bodyFormat", "confirmIrreversible", "routeId",
            "url", "method");
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) +(/\\S*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)}}");

    private final Path file;

    EndpointReader(Path file) {
        this.file = file;
    }

    EndpointEntry read(String name, YamlNode node) throws CatalogueException {
        Section endpoint = Section.of(file, "endpoint " + name, node, KEYS);
        String title = endpoint.matching("title", CatalogueReader.titleForm(), CatalogueReader.titleAllowed());
        Matcher request = REQUEST.matcher(endpoint.required("request"));
        if (!request.matches() || !CatalogueReader.methodNames().contains(request.group(1))) {
            throw endpoint.wrong("request", "is '" + endpoint.required("request") + "'. Allowed: one of "
                    + String.join(", ", CatalogueReader.methodNames()) + ", a space and a path that begins with /");
        }
        List<OwnParameter> parameters = parameters(endpoint);
        String batch = endpoint.oneOf("batch", List.of(EndpointEntry.ALWAYS, EndpointEntry.OPTIONAL), "");
        if (batch.isEmpty()
                && List.of("largestBatch", "batchSize", "groupBy", "itemResults").stream().anyMatch(endpoint::has)) {
            throw endpoint.wrong("largestBatch, batchSize, groupBy and itemResults have no effect without batch");
        }
        EndpointEntry entry = new EndpointEntry(name, title, sentence(endpoint), request.group(1), request.group(2),
                parameters, mapping(endpoint, parameters), batch, endpoint.number("largestBatch", ""),
                endpoint.flag("irreversible"), defaults(endpoint));
        check(endpoint, entry);
        return entry;
    }

    private static String sentence(Section endpoint) throws CatalogueException {
        String text = endpoint.required("description");
        if (!text.endsWith(".")) {
            throw endpoint.wrong("description", "does not end with a full stop. Write complete sentences");
        }
        return text;
    }

    private List<OwnParameter> parameters(Section endpoint) throws CatalogueException {
        List<OwnParameter> parameters = new ArrayList<>();
        for (YamlNode.Entry each : endpoint.entries("parameters")) {
            Section parameter = Section.of(file, "parameter " + each.key(), each.value(), PARAMETER);
            if (!each.key().matches("[a-z][A-Za-z0-9]*") || COMMON.contains(each.key())) {
                throw parameter.wrong("this name is not valid, or all templates have a parameter of this name. Allowed: "
                        + "letters and digits, beginning with a lower-case letter");
            }
            String text = parameter.required("description");
            parameters.add(new OwnParameter(each.key(),
                    parameter.matching("title", CatalogueReader.titleForm(), CatalogueReader.titleAllowed()),
                    text.endsWith(".") ? text : text + ".", parameter.names("values"),
                    parameter.has("default") ? parameter.text("default", "") : null));
        }
        return parameters;
    }

    private Map<String, String> mapping(Section endpoint, List<OwnParameter> parameters) throws CatalogueException {
        Map<String, String> mapping = new LinkedHashMap<>();
        for (String each : MAPPING) {
            put(endpoint, each, each, parameters, mapping);
        }
        if (endpoint.has("contentFormat")) {
            mapping.put("contentFormat", endpoint.oneOf("contentFormat", List.of("json", "form"), "json"));
        }
        if (endpoint.has("vendorForm")) {
            Section form = endpoint.section("vendorForm", VENDOR_FORM);
            for (String each : VENDOR_FORM) {
                put(form, each, "vendor" + each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1),
                        parameters, mapping);
            }
        }
        return mapping;
    }

    private void put(Section section, String key, String as, List<OwnParameter> parameters, Map<String, String> mapping)
            throws CatalogueException {
        if (!section.has(key)) {
            return;
        }
        String text = section.required(key);
        text = key.equals("body") ? spaced(text) : text;
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            String name = placeholder.group(1);
            if (parameters.stream().noneMatch(each -> each.name().equals(name))) {
                throw section.wrong(key, "names {{" + name + "}}, which is not a parameter of this endpoint. Add it under "
                        + "parameters");
            }
        }
        String rest = placeholder.replaceAll("");
        if (rest.contains("{{") || rest.contains("}}") || rest.contains(")&")) {
            throw section.wrong(key, "contains '{{', '}}' or ')&', which Camel interprets. Remove it");
        }
        mapping.put(as, text);
    }

    /** Two closing braces of a JSON text apart: Camel would take them for the end of a placeholder. */
    private static String spaced(String json) {
        StringBuilder spaced = new StringBuilder();
        boolean text = false;
        for (int i = 0; i < json.length(); i++) {
            char now = json.charAt(i);
            if (now == '"' && (i == 0 || json.charAt(i - 1) != '\\')) {
                text = !text;
            }
            if (!text && now == '}' && i > 0 && json.charAt(i - 1) == '}') {
                spaced.append(' ');
            }
            spaced.append(now);
        }
        return spaced.toString();
    }

    private static Map<String, String> defaults(Section endpoint) throws CatalogueException {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : EndpointEntry.USUAL.entrySet()) {
            String name = each.getKey();
            String usual = each.getValue();
            defaults.put(name, usual.equals("false") ? String.valueOf(endpoint.flag(name))
                    : usual.matches("\\d+") ? endpoint.number(name, usual) : endpoint.text(name, usual));
        }
        return defaults;
    }

    /** Whether the delivery can make requests of it: what it would refuse when a flow is loaded is refused here. */
    private static void check(Section endpoint, EndpointEntry entry) throws CatalogueException {
        List<OwnParameter> filled = entry.parameters().stream().filter(entry::fills).toList();
        if (filled.size() > 1) {
            throw endpoint.wrong("parameters", "has two parameters that the request names in braces, "
                    + filled.get(0).name() + " and "
                    + filled.get(1).name() + ". Allowed: one, in addition to attributes of the record");
        }
        for (OwnParameter each : entry.parameters()) {
            if (!entry.fills(each) && entry.mapping().values().stream().noneMatch(
                    value -> value.contains("{{" + each.name() + "}}"))) {
                throw endpoint.wrong("parameters", "has " + each.name() + ", which the endpoint does not use. Write {"
                        + each.name()
                        + "} in request or body, or remove the parameter");
            }
        }
        shape(endpoint, entry, filled, "record");
        if (endpoint.has("vendorForm")) {
            shape(endpoint, entry, filled, "vendor");
        }
    }

    private static void shape(Section endpoint, EndpointEntry entry, List<OwnParameter> filled, String form)
            throws CatalogueException {
        Map<String, String> mapping = entry.mapping();
        try {
            RequestMapping shape = new RequestMapping();
            shape.setPath(entry.path());
            shape.setVariable(filled.isEmpty() ? "" : filled.get(0).name() + "={id}");
            shape.setBody(mapping.getOrDefault("body", "\"{*}\""));
            shape.setBatch(entry.batch().equals(EndpointEntry.ALWAYS) || entry.batch().equals(EndpointEntry.OPTIONAL));
            shape.setRequired(mapping.getOrDefault("required", ""));
            shape.setAllowed(mapping.getOrDefault("allowed", ""));
            shape.setRename(mapping.getOrDefault("rename", ""));
            shape.setContentFormat(mapping.getOrDefault("contentFormat", "json"));
            shape.setBodyFormat(form);
            shape.setVendorPath(mapping.getOrDefault("vendorPath", ""));
            shape.setVendorBody(mapping.getOrDefault("vendorBody", ""));
            shape.setVendorRequired(mapping.getOrDefault("vendorRequired", ""));
            shape.setVendorRename(mapping.getOrDefault("vendorRename", ""));
            shape.setOrderBy(entry.defaults().get("orderBy"));
            shape.setGroupBy(entry.defaults().get("groupBy"));
            shape.check();
        } catch (IllegalArgumentException e) {
            throw endpoint.wrong(form.equals("vendor") ? "the vendor form cannot be used: " + e.getMessage()
                    : "it cannot be used: " + e.getMessage());
        }
    }
}
