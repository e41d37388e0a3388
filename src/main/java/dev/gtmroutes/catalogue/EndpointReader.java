// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final List<String> FORMS = List.of(EndpointEntry.RECORD, EndpointEntry.VENDOR);
    private static final List<String> VENDOR_FORM = List.of("path", "body", "required", "rename");
    private static final List<String> KEYS = Stream.concat(
            Stream.of("title", "description", "request", "parameters", "required", "allowed", "rename", "add", "body",
                    "contentFormat", "vendorForm", "batch", "largestBatch", "irreversible", "schema", Evidence.KEY),
            EndpointEntry.USUAL.keySet().stream()).toList();
    /** Names of parameters that all templates have, or that the delivery gets from them. */
    private static final Set<String> COMMON = Set.of("credential", "batch", "batchSize", "maxBatchBytes", "batchTimeout",
            "groupBy", "map", "mapOthers", "excludeAttributes", "keepUrlAttributes", "onlyChanged", "requestHeaders",
            "responseWebhook", "responseFlow", "recordKey", "maxInFlight", "orderBy", "onceOnly", "failureWhen",
            "itemResults", "retryFor", "bodyFormat", "confirmIrreversible", "checkSchema", "schema", "routeId", "url",
            "method");
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
        endpoint.plain("request", request.group(2));
        List<OwnParameter> parameters = new ParameterReader(file, "templates", COMMON, List.of()).read(endpoint);
        String batch = endpoint.oneOf("batch", List.of(EndpointEntry.ALWAYS, EndpointEntry.OPTIONAL), "");
        if (batch.isEmpty()
                && List.of("largestBatch", "batchSize", "groupBy", "itemResults").stream().anyMatch(endpoint::has)) {
            throw endpoint.wrong("largestBatch, batchSize, groupBy and itemResults have no effect without batch");
        }
        EndpointEntry entry = new EndpointEntry(name, title, endpoint.sentences("description"), request.group(1),
                request.group(2), parameters, mapping(endpoint, parameters), batch, endpoint.number("largestBatch", ""),
                endpoint.flag("irreversible"), schema(endpoint), defaults(endpoint), Evidence.of(endpoint));
        check(endpoint, entry);
        return entry;
    }

    private String schema(Section endpoint) throws CatalogueException {
        if (!endpoint.has("schema")) {
            return "";
        }
        String schema = endpoint.matching("schema", "([A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+\\.json",
                "the path of a JSON file in the folder of the catalogue file, such as schemas/acme/create-contact.json");
        if (!Files.isRegularFile(file.resolveSibling(schema))) {
            throw endpoint.wrong("schema", "is '" + schema + "', and the folder of the catalogue file has no file of "
                    + "this name. Write it, or remove schema");
        }
        return schema;
    }

    private Map<String, String> mapping(Section endpoint, List<OwnParameter> parameters) throws CatalogueException {
        Map<String, String> mapping = new LinkedHashMap<>();
        boolean vendorOnly = endpoint.oneOf("bodyFormat", FORMS, EndpointEntry.RECORD).equals(EndpointEntry.VENDOR);
        if (vendorOnly && endpoint.has("vendorForm")) {
            throw endpoint.wrong("bodyFormat", "is vendor, so there is no other form. Write the keys of vendorForm without "
                    + "vendorForm");
        }
        for (String each : MAPPING) {
            put(endpoint, each, vendorOnly && each.equals("rename") ? "vendorRename" : each, parameters, mapping);
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
        section.plain(key, placeholder.replaceAll(""));
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
        shape(endpoint, entry, filled, entry.defaults().get("bodyFormat"));
        if (endpoint.has("vendorForm")) {
            shape(endpoint, entry, filled, EndpointEntry.VENDOR);
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
            throw endpoint.wrong(endpoint.has("vendorForm") && form.equals(EndpointEntry.VENDOR)
                    ? "the vendor form cannot be used: " + e.getMessage()
                    : "it cannot be used: " + e.getMessage());
        }
    }
}
