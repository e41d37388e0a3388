// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.sample;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.gtmroutes.delivery.KameletRoutes;
import dev.gtmroutes.parameter.ParameterDecoding;
import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.parameter.RouteModel;
import dev.gtmroutes.record.csv.CsvCells;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the requests that a destination would send. They are made by the delivery itself: the template is called with
 * the given settings, and only the HTTP call at its end is left out.
 */
public final class SamplePayloads {

    /** What a preview must not do, or must do in order, whatever the settings say. */
    private static final Map<String, String> PREVIEW = Map.of("maxInFlight", "1", "batchTimeout", "0", "responseWebhook",
            "", "responseFlow", "", "confirmIrreversible", "true");

    private static final Pattern CARRIED = Pattern.compile("[\\w ./:,;=?@*\"'-]*|gtm~[\\w-]+~");

    /** What the ids of routes begin with that only serve a preview. */
    public static final String PREVIEW_ROUTE = "preview-";

    private static final AtomicLong CALLS = new AtomicLong();
    /** So many previews may wait to be taken away; who makes more does that, too. */
    private static final int MOST_LEFT = 10;
    private static final Logger LOG = LoggerFactory.getLogger(SamplePayloads.class);

    private final CamelContext camel;
    private final ExecutorService removals;

    /** @param camel a running Camel that finds the templates */
    public SamplePayloads(CamelContext camel) {
        this.camel = camel;
        ParameterDecoding.install(camel);
        removals = camel.getExecutorServiceManager().newThreadPool(this, "preview-removal", new ThreadPoolProfileBuilder(
                "preview-removal").poolSize(1).maxPoolSize(1).maxQueueSize(MOST_LEFT).keepAliveTime(10L, TimeUnit.SECONDS)
                .allowCoreThreadTimeOut(true).rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns).build());
    }

    /**
     * @param  template name of a Kamelet, such as {@code people-ai-push-call-activity-sink}
     * @param  settings its parameters
     * @param  records  what a source would hand over: text, bytes, a file, a map, a list of maps
     * @return          the requests, in the order in which they would be sent, and the records that would be rejected
     * @throws Exception if the settings make no sense, or the records are none; the innermost message says why
     */
    public Preview of(String template, Map<String, String> settings, Object records) throws Exception {
        return of(template, settings, records, CsvCells.DEFAULT);
    }

    /** The same, with what cells become where the records are CSV. */
    public Preview of(String template, Map<String, String> settings, Object records, CsvCells cells) throws Exception {
        String id = PREVIEW_ROUTE + CALLS.incrementAndGet();
        Map<String, String> parameters = new LinkedHashMap<>(settings);
        parameters.putAll(PREVIEW);
        String uri = "kamelet:" + template + "/" + id + "?" + parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + raw(each.getValue())).collect(Collectors.joining("&"));
        Preview preview = new Preview();
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            Exchange done = producer.send(RouteModel.endpoint(camel, uri), exchange -> {
                exchange.setProperty(Preview.PROPERTY, preview);
                exchange.setProperty(CsvCells.PROPERTY, cells);
                exchange.getMessage().setBody(records);
            });
            if (done.getException() != null) {
                throw done.getException();
            }
            return preview;
        } finally {
            // Camel asks all its routes for their endpoints meanwhile: nobody waits for that.
            removals.execute(() -> remove(id));
        }
    }

    private void remove(String id) {
        try {
            KameletRoutes.remove(camel, each -> isOf(each, id));
        } catch (Exception e) {
            LOG.debug("Routes of a preview remain: {}", id, e);
        }
    }

    /**
     * What Camel carries whole in {@code RAW(...)} goes to it like that, wherever it ends; all other texts are encoded that
     * are not yet.
     */
    private static String raw(String value) {
        return CARRIED.matcher(value).matches() ? "RAW(" + value + ")" : ParameterText.encode(value);
    }

    /** Whether the route was made for this preview. */
    private static boolean isOf(String routeId, String id) {
        return routeId.equals(id) || routeId.startsWith(id + "-");
    }
}
