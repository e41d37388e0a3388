// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.RequestForms;
import dev.gtmroutes.delivery.Batch;
import dev.gtmroutes.delivery.BatchReader;
import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.Request;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.outcome.Rejections;
import dev.gtmroutes.record.RequestMapping;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import org.apache.camel.Exchange;

/**
 * The requests that a delivery would send. On an exchange as the property {@link #PROPERTY}, it has the delivery make them
 * and send none: what is behind the step that reads records gets none of them.
 */
public final class Preview implements Rejections {

    /** Exchange property of type {@link Preview}. */
    public static final String PROPERTY = "GtmPreview";

    /** A record that would not be sent. */
    public record Refused(long line, String reason) {
    }

    /** In which way a record that would be sent differs from the schema of its endpoint. */
    public record Difference(long line, String text) {
    }

    private static final int MOST_DIFFERENCES = 1000;

    private final List<SampleRequest> requests = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();

    /** @return the preview that this exchange is for, or null if it is the real thing */
    public static Preview of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Preview.class);
    }

    /**
     * Makes the requests for all records.
     *
     * @param sender makes them
     * @param shape  knows the schema of the endpoint, if there is one
     * @throws IllegalArgumentException if one of them could not be sent
     */
    public void collect(BatchReader pages, RequestSender sender, RequestMapping shape) {
        RequestForms.Form form = RequestForms.of(sender.getCamelContext()).find(sender.api());
        while (pages.hasNext()) {
            Batch page = pages.next();
            page.records().forEach(each -> compare(each, shape));
            ApiRequest request = sender.request(new Request(List.of(page)), () -> true);
            List<ApiRequest> shown = form == null ? List.of(request) : form.shown(request);
            int records = shown.size() > 1 ? 1 : page.records().size();
            for (ApiRequest each : shown) {
                String baseUrl = form == null ? "" : form.baseUrl(each);
                add(sample(each, baseUrl == null ? null : new SampleRequest.Way(sender.api(), each.template(),
                        each.sendCredentialTo(), baseUrl, each.onceOnly(), added(request, each), records)));
            }
            page.chunk().delivered(page.records());
        }
    }

    private synchronized void compare(ShapedRecord record, RequestMapping shape) {
        if (differences.size() < MOST_DIFFERENCES) {
            shape.differences(record).forEach(each -> differences.add(new Difference(record.source().line(), each)));
        }
    }

    private static SampleRequest sample(ApiRequest request, SampleRequest.Way way) {
        return new SampleRequest(request.method(), request.url(), new TreeMap<>(request.headers()),
                request.body() == null ? new byte[0] : request.body(), way);
    }

    /** The headers that the vendor API has added or replaced. */
    private static Set<String> added(ApiRequest request, ApiRequest shown) {
        return shown.headers().entrySet().stream()
                .filter(each -> !each.getValue().equals(request.headers().get(each.getKey())))
                .map(each -> each.getKey().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private synchronized void add(SampleRequest request) {
        requests.add(request);
    }

    @Override
    public synchronized void write(Input chunk, List<SourceRecord> records, Rejection rejection) {
        for (SourceRecord each : records) {
            refused.add(new Refused(each.line(), rejection.reason()));
        }
    }

    /** The requests that would be sent, in the order in which they would be. */
    public synchronized List<SampleRequest> requests() {
        return List.copyOf(requests);
    }

    /** The records that would be rejected without being sent. */
    public synchronized List<Refused> refused() {
        return List.copyOf(refused);
    }

    /** In which ways records that would be sent differ from the schema of the endpoint, in the order of the records. */
    public synchronized List<Difference> differences() {
        return List.copyOf(differences);
    }
}
