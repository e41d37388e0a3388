// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.catalogue.EndpointEntry.OwnParameter;

/** The template of an endpoint: it says what is sent, and leaves the rest to the delivery. */
final class SinkKamelet {

    private final VendorEntry vendor;
    private final String firstLine;

    SinkKamelet(VendorEntry vendor, String firstLine) {
        this.vendor = vendor;
        this.firstLine = firstLine;
    }

    GeneratedKamelet of(EndpointEntry endpoint) {
        Map<String, String> values = values(endpoint.name(), endpoint.title(), endpoint.description(), endpoint.defaults());
        values.put("evidence", endpoint.evidence());
        List<String> required = Stream.concat(
                endpoint.parameters().stream().filter(each -> each.defaultValue() == null).map(OwnParameter::name),
                Stream.of("confirmIrreversible").filter(each -> endpoint.irreversible())).toList();
        values.put("required", String.join(", ", required));
        values.put("own",
                endpoint.parameters().stream().map(each -> parameter(endpoint, each)).collect(Collectors.joining("\n")));
        values.put("method", endpoint.method());
        values.put("path", YamlText.raw(endpoint.path()));
        values.put("maximum", endpoint.largestBatch().isEmpty() ? "" : "maximum: \"" + endpoint.largestBatch() + "\", ");
        values.put("call", call(endpoint));
        Set<String> words = new HashSet<>(List.of("endpoint", endpoint.isVendorOnly() ? "vendorForm" : "bothForms"));
        if (!required.isEmpty()) {
            words.add("requires");
        }
        if (endpoint.irreversible()) {
            words.add("irreversible");
        }
        if (!endpoint.schema().isEmpty()) {
            words.add("schema");
            values.put("schema", YamlText.quoted("{{gtm.routes:routes}}/catalogue/" + endpoint.schema()));
        }
        if (!endpoint.batch().isEmpty()) {
            words.add("batches");
            words.add(endpoint.batch().equals(EndpointEntry.ALWAYS) ? "batchAlways" : "batchOptional");
        }
        return kamelet(endpoint.name(), values, words);
    }

    /** The template of requests to any endpoint, which a flow describes by itself. */
    GeneratedKamelet manual() {
        Map<String, String> values = values("request", vendor.title() + " Request", "Sends records to any endpoint of "
                + vendor.title() + ", with the method, path and body that the flow sets. A request to another host than the "
                + "API gets no credential, unless Send Credential to contains that host.", EndpointEntry.USUAL);
        values.put("required", "url");
        values.put("own", "");
        values.put("maximum", "");
        values.put("methods", String.join(", ", vendor.methods()));
        values.put("method", vendor.methods().get(0));
        return kamelet("request", values, Set.of("manual", "requires", "batches", "batchOptional"));
    }

    private GeneratedKamelet kamelet(String name, Map<String, String> values, Set<String> words) {
        return new GeneratedKamelet(vendor.name() + "-" + name + "-sink",
                Skeleton.named("sink.kamelet.txt").fill(values, words));
    }

    private Map<String, String> values(String name, String title, String description, Map<String, String> defaults) {
        Map<String, String> values = vendor.values(firstLine);
        defaults.forEach((parameter, value) -> values.put(parameter,
                value.matches("true|false|\\d+[a-z]*") ? value : YamlText.scalar(value)));
        values.put("endpoint", name);
        values.put("endpointTitle", YamlText.title(title + " Sink"));
        values.put("description", YamlText.wrapped(description));
        return values;
    }

    private static String parameter(EndpointEntry endpoint, OwnParameter parameter) {
        return parameter.declaration(endpoint.fills(parameter) ? "uri-template" : "");
    }

    private static String call(EndpointEntry endpoint) {
        StringBuilder lines = new StringBuilder();
        endpoint.parameters().stream().filter(endpoint::fills).forEach(each -> lines.append("variable: \"RAW(")
                .append(each.name()).append("={{").append(each.name()).append("}})\"\n"));
        endpoint.mapping()
                .forEach((name, value) -> lines.append(name).append(": ").append(YamlText.raw(value)).append('\n'));
        return lines.toString();
    }
}
