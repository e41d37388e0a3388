// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

/** Takes traces as a collector does: OTLP over HTTP. */
final class TraceReceiver implements AutoCloseable {

    /**
     * A span that arrived.
     *
     * @param parent empty if it has none
     * @param links  ids of the spans that it is linked to
     * @param all    everything that is in it, as text
     */
    record Arrived(String name, String trace, String id, String parent, List<String> links,
            Map<String, Object> attributes, boolean failed, String all) {

        Object get(String attribute) {
            return attributes.get(attribute);
        }
    }

    private final List<Arrived> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    TraceReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        for (ResourceSpans each : request.getResourceSpansList()) {
            each.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> spans.add(arrived(span))));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Arrived arrived(Span span) {
        Map<String, Object> attributes = new TreeMap<>();
        for (KeyValue each : span.getAttributesList()) {
            attributes.put(each.getKey(), each.getValue().hasIntValue() ? (Object) each.getValue().getIntValue()
                    : each.getValue().getStringValue());
        }
        return new Arrived(span.getName(), hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()),
                span.getLinksList().stream().map(each -> hex(each.getSpanId())).toList(), attributes,
                span.getStatus().getCode().name().equals("STATUS_CODE_ERROR"), span.toString());
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** All spans so far. */
    List<Arrived> spans() {
        return List.copyOf(spans);
    }

    /** The spans of this name and flow so far. */
    List<Arrived> spans(String name, String flow) {
        return spans.stream().filter(each -> each.name.equals(name) && flow.equals(each.get("gtm.flow"))).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
