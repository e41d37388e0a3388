// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.faults.MisbehaviourJson;

/** What the sandbox shows about itself, as JSON. */
public final class SandboxPages {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Catalog catalog;
    private final Mask mask;

    public SandboxPages(Catalog catalog) {
        this.catalog = catalog;
        this.mask = new Mask(catalog.vendors());
    }

    /** What this server is and where to look. */
    String index(String address) {
        ObjectNode page = MAPPER.createObjectNode();
        page.put("sandbox", "A stand-in for vendor APIs. It checks and stores requests and forwards nothing. To send the "
                + "requests of a vendor here, put its settings into application.properties.");
        ObjectNode vendors = page.putObject("vendors");
        for (Vendor vendor : catalog.vendors()) {
            ObjectNode shown = vendors.putObject(vendor.name());
            shown.put("baseUrl", address + vendor.root());
            shown.put("credentialHeader", vendor.credential().header());
            if (vendor.oauth() != null) {
                shown.put("tokenUrl", address + vendor.tokenPath());
            }
            ObjectNode settings = shown.putObject("settings");
            vendor.settingsAt(address).forEach(settings::put);
            ArrayNode endpoints = shown.putArray("endpoints");
            vendor.endpoints().forEach(endpoint -> endpoints.add(endpoint.line()));
        }
        page.putArray("look")
                .add("GET /sandbox/requests?limit=100&since=<sequence>")
                .add("DELETE /sandbox/requests")
                .add("GET /sandbox/summary")
                .add("GET, PUT /sandbox/carried-out?by=<attribute>")
                .add("GET, PUT /sandbox/exports"
                        + "?activitiesPerDay=&recordBytes=&fragments=&queuedMs=&runningMs=&bytesPerSecond=")
                .add("GET, PUT /sandbox/bulk-jobs?executingMs=&stall=&loseResults=&history=&historyRecords=")
                .add("GET /sandbox/lists")
                .add("GET, PUT /sandbox/lists/salesloft-people?size=&change=&delete=&add="
                        + "&everyPages=&changeEach=&deleteEach=&addEach=")
                .add("GET /sandbox/lists/salesloft-people/content?form=keys|records|total&where=account.id=100001")
                .add("GET, POST, DELETE /sandbox/misbehave");
        return page.toPrettyString();
    }

    /** Requests, oldest first. */
    String requests(List<RecordedRequest> requests) {
        ObjectNode page = MAPPER.createObjectNode();
        ArrayNode list = page.putArray("requests");
        requests.forEach(request -> request(list.addObject(), request));
        return page.toString();
    }

    private void request(ObjectNode shown, RecordedRequest request) {
        shown.put("sequence", request.sequence());
        shown.put("time", request.time().toString());
        shown.put("vendor", request.vendor());
        shown.put("endpoint", request.endpoint());
        shown.put("method", request.method());
        shown.put("path", mask.text(request, request.path()));
        ObjectNode headers = shown.putObject("headers");
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            headers.put(header.getKey(), mask.header(request, header));
        }
        shown.put("records", request.records());
        shown.put("accepted", request.accepted());
        if (request.status() == 0) {
            shown.put("status", "closed");
        } else {
            shown.put("status", request.status());
        }
        shown.put("misbehaved", request.misbehaved());
        shown.put("bodySize", request.bodySize());
        boolean kept = request.body().length == request.bodySize();
        shown.put("body", kept ? mask.text(request, new String(request.body(), StandardCharsets.UTF_8)) : null);
    }

    /** The counts of all requests. */
    String summary(Summary summary) {
        return MAPPER.valueToTree(summary).toString();
    }

    /** How often each record was carried out. */
    String carriedOut(Map<String, Integer> counts) {
        return MAPPER.valueToTree(counts).toString();
    }

    /** The misbehaviours still to come. */
    String misbehaviours(List<Misbehaviour> waiting, int latencyMs) {
        ObjectNode page = MAPPER.createObjectNode();
        page.put("latencyMs", latencyMs);
        ArrayNode list = page.putArray("misbehaviours");
        waiting.forEach(misbehaviour -> list.add(MisbehaviourJson.write(misbehaviour)));
        return page.toString();
    }

    /** A sentence about what was wrong with a request for one of these pages. */
    String error(String sentence) {
        return MAPPER.createObjectNode().put("error", sentence).toString();
    }

    /** Hides credentials in what the sandbox shows. */
    private static final class Mask {

        private static final String HIDDEN = "***";
        // A shorter value is likely to be an ordinary word of a record.
        private static final int SECRET_LENGTH = 8;

        private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

        Mask(Collection<Vendor> vendors) {
            headers.addAll(List.of("Authorization", "Proxy-Authorization", "Cookie"));
            vendors.forEach(vendor -> vendor.credential().sentAs().forEach(place -> headers.add(place.header())));
        }

        /** A header's value as it may be shown. */
        String header(RecordedRequest request, Map.Entry<String, String> header) {
            return headers.contains(header.getKey()) ? HIDDEN : text(request, header.getValue());
        }

        /** A text of a request without the credentials that came in its headers. */
        String text(RecordedRequest request, String text) {
            String shown = text;
            for (String name : headers) {
                String value = request.header(name);
                String secret = value == null ? "" : value.substring(value.lastIndexOf(' ') + 1);
                if (secret.length() >= SECRET_LENGTH) {
                    shown = shown.replace(secret, HIDDEN);
                }
            }
            return shown;
        }
    }
}
