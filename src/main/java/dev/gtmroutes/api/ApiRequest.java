// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.record.ShapedRecord;

/**
 * One request to an API: the message body that a vendor API takes. Immutable; nothing else about the request is on the
 * exchange.
 *
 * @param method           the HTTP method; for a destination that is no HTTP API, another word for what it does
 * @param url              a path under the base URL that begins with '/', or an absolute URL; percent-encoded
 * @param headers          by name, without the credential
 * @param body             null for a request without a body, which then has no Content-Type either
 * @param template         name of the template, by which a rate budget learns what its requests cost; with # and a number
 *                         behind it, what they are expected to cost. Empty for none
 * @param flow             id of the flow; empty for a request of no flow
 * @param onceOnly         whether it must not be carried out twice
 * @param sendCredentialTo hosts beside the base URL's own that may get the credential, comma-separated; empty for none
 * @param deadline         how long the whole exchange may take, from the connection to the answer's last byte; null for the
 *                         API's own limit
 * @param reader           gets the body of a 2xx, however long it is; null for an answer that is kept in memory
 * @param leaving          called when the next thing is the request's first byte
 * @param running          whether its flow still runs: it waits for no rate budget otherwise, and what a reader reads is
 *                         ended
 * @param records          what the body was made of, for a destination that is no HTTP API; empty where that does not matter
 */
public record ApiRequest(String method, String url, Map<String, String> headers, byte[] body, String template, String flow,
        boolean onceOnly, String sendCredentialTo, Duration deadline, BodyReader reader, Leaving leaving,
        BooleanSupplier running, List<ShapedRecord> records) {

    /** Notes that a request leaves now. */
    @FunctionalInterface
    public interface Leaving {

        /** Nobody has to know. */
        Leaving UNNOTED = () -> {};

        /** @throws IOException if that cannot be noted; the request must not be sent */
        void note() throws IOException;
    }

    /** Checks that nothing is missing; copies nothing, for the sake of speed: nobody changes what was handed in. */
    public ApiRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(leaving, "leaving");
        Objects.requireNonNull(running, "running");
        Objects.requireNonNull(records, "records");
    }

    /** A request without a body and without anything else to it. */
    public static ApiRequest of(String method, String url) {
        return new ApiRequest(method, url, Map.of(), null, "", "", false, "", null, null, Leaving.UNNOTED, () -> true,
                List.of());
    }

    /** A GET of JSON. */
    public static ApiRequest get(String url) {
        return of("GET", url).with("Accept", "application/json");
    }

    /** The same with one more header. */
    public ApiRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiRequest(method, url, more, body, template, flow, onceOnly, sendCredentialTo, deadline, reader, leaving,
                running, records);
    }

    /** The same with a body. */
    public ApiRequest with(String contentType, byte[] bytes) {
        return with("Content-Type", contentType).withBody(bytes);
    }

    /** The same with another body; null for none. */
    public ApiRequest withBody(byte[] bytes) {
        return new ApiRequest(method, url, headers, bytes, template, flow, onceOnly, sendCredentialTo, deadline, reader,
                leaving, running, records);
    }

    /** The same, with an answer that is read as it comes, for as long as somebody wants it. */
    public ApiRequest readBy(BodyReader bodyReader, BooleanSupplier wanted, Duration limit) {
        return new ApiRequest(method, url, headers, body, template, flow, onceOnly, sendCredentialTo, limit, bodyReader,
                leaving, wanted, records);
    }

    /** The same for a template, with what its rate budget and its credential go by. */
    public ApiRequest forTemplate(String templateName, String hosts) {
        return new ApiRequest(method, url, headers, body, templateName, flow, onceOnly, hosts, deadline, reader, leaving,
                running, records);
    }

    /** The same to another URL, with other headers. */
    public ApiRequest at(String absolute, Map<String, String> others) {
        return new ApiRequest(method, absolute, others, body, template, flow, onceOnly, sendCredentialTo, deadline, reader,
                leaving, running, records);
    }

    /** Without URL, headers and body, which may hold what nobody should read. */
    @Override
    public String toString() {
        return method + " for " + (template.isEmpty() ? "no template" : template);
    }
}
