// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.delivery.status.DeliveryTrace;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;

/**
 * A span for each chunk, and one below it for each request. A request that holds records of several chunks is below the
 * first and linked to the others.
 */
final class OpenTelemetryTrace implements DeliveryTrace {

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    OpenTelemetryTrace(OpenTelemetry openTelemetry) {
        tracer = openTelemetry.getTracer("dev.gtmroutes");
        propagator = openTelemetry.getPropagators().getTextMapPropagator();
    }

    @Override
    public Span chunk(String flow, String template) {
        return new Followed(builder("input", Context.root(), flow, template));
    }

    @Override
    public Span request(String flow, String template, int records, int attempt, List<Span> chunks) {
        SpanBuilder builder = builder("request", Context.root().with(((Followed) chunks.get(0)).span), flow, template)
                .setSpanKind(SpanKind.CLIENT).setAttribute("gtm.records", records).setAttribute("gtm.attempt", attempt);
        chunks.stream().skip(1).forEach(each -> builder.addLink(((Followed) each).span.getSpanContext()));
        return new Followed(builder);
    }

    private SpanBuilder builder(String name, Context parent, String flow, String template) {
        // The delivery of a response is none of a record.
        String full = template.equals("response-webhook") ? "response-webhook " + name : name;
        return tracer.spanBuilder(full).setParent(parent).setAttribute("gtm.flow", flow)
                .setAttribute("gtm.template", template);
    }

    /** A span of OpenTelemetry. Its threads change, so it is never the current one. */
    private final class Followed implements Span {

        private final io.opentelemetry.api.trace.Span span;

        Followed(SpanBuilder builder) {
            span = builder.startSpan();
        }

        @Override
        public Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>();
            propagator.inject(Context.root().with(span), headers, Map::put);
            return headers;
        }

        @Override
        public void end(Map<String, Long> numbers, boolean well) {
            numbers.forEach((name, number) -> span.setAttribute(name.startsWith("http.") ? name : "gtm." + name, number));
            if (!well) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
