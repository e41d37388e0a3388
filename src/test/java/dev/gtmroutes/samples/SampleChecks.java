// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import dev.gtmroutes.samples.RecordingServer.Arrived;

/** Whether what became of a sample is what its file says. */
public final class SampleChecks {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Headers that belong to the connection, and say nothing about a record. */
    private static final Set<String> TRANSPORT = Set.of("host", "connection", "content-length", "transfer-encoding",
            "user-agent", "accept-encoding");

    private SampleChecks() {
    }

    /**
     * Each request of the sample arrived once, byte for byte, and nothing else.
     *
     * @param comparable the form in which bodies are compared
     * @param added      names of headers that the flow adds to those of the sample
     */
    public static void assertRequests(Sample sample, List<Arrived> arrived, UnaryOperator<String> comparable,
            Set<String> added) {
        assertThat(arrived).extracting(request -> line(request, comparable)).as("requests of %s", sample)
                .containsExactlyInAnyOrderElementsOf(sample.requests().stream()
                        .map(request -> line(sample, request, comparable)).toList());
        List<Arrived> left = new ArrayList<>(arrived);
        for (Sample.Request request : sample.requests()) {
            // Requests may be alike, so each is taken once.
            Arrived found = left.stream().filter(other -> line(other, comparable).equals(line(sample, request, comparable)))
                    .findFirst().orElseThrow();
            left.remove(found);
            if (request.isBodyless()) {
                assertBodyless(List.of(found));
            }
            assertHeaders(sample, request, found.headers(), added);
        }
    }

    private static String line(Arrived request, UnaryOperator<String> comparable) {
        return request.method() + " " + request.path() + " " + comparable.apply(request.body());
    }

    private static String line(Sample sample, Sample.Request request, UnaryOperator<String> comparable) {
        return request.method() + " " + sample.vendor().basePath() + request.path() + " "
                + comparable.apply(request.body());
    }

    private static void assertHeaders(Sample sample, Sample.Request request, Headers headers, Set<String> added) {
        request.headers().forEach((name, value) -> assertThat(headers.get(name)).as(name)
                .isEqualTo(value == null ? null : List.of(value)));
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(TRANSPORT);
        known.addAll(request.headers().keySet());
        known.addAll(added);
        known.add(sample.vendor().credentialHeader());
        if (!request.isBodyless()) {
            known.add("Content-Type");
        }
        assertThat(known).as("headers of %s", sample).containsAll(headers.keySet());
    }

    /** Requests without a body have nothing in its place: neither bytes, nor a length, nor a type. */
    public static void assertBodyless(List<Arrived> requests) {
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.body()).as("body of %s %s", request.method(), request.path()).isEmpty();
            assertThat(request.headers().get("Content-Type")).isNull();
            assertThat(request.headers().get("Transfer-Encoding")).isNull();
            assertThat(request.headers().getFirst("Content-Length")).isIn(null, "0");
        });
    }

    /** Every request has the credential in its header, once. */
    public static void assertCredential(Sample sample, List<Arrived> arrived) {
        assertThat(arrived).allSatisfy(request -> assertThat(request.headers().get(sample.vendor().credentialHeader()))
                .containsExactly(sample.vendor().credentialValue(SampleVendor.CREDENTIAL)));
    }

    /** The records that the sample says are in the dead letters, once, and no others; the counts agree. */
    public static void assertRejected(Sample sample, SampleOutcome outcome) {
        assertThat(outcome.deadLetters()).as("dead letters of %s", sample).hasSize(sample.rejected().size());
        for (Sample.Rejected rejected : sample.rejected()) {
            assertThat(letter(sample, rejected.record(), outcome.deadLetters()).path("reason").asText())
                    .contains(rejected.reason());
        }
        assertThat(outcome.rejected()).as("counted as rejected").isEqualTo(sample.rejected().size());
        assertThat(outcome.delivered()).as("counted as delivered")
                .isEqualTo(sample.records().size() - sample.rejected().size());
    }

    /** The dead letter of a record. */
    public static JsonNode letter(Sample sample, int record, List<String> deadLetters) {
        // An escape may be written in capitals or not.
        String text = ("{\"record\":" + sample.records().get(record) + ",").toLowerCase(Locale.ROOT);
        String found = deadLetters.stream()
                .filter(letter -> JsonText.compact(letter).toLowerCase(Locale.ROOT).contains(text)).findFirst()
                .orElseThrow(() -> new AssertionError("record " + record + " is not in the dead letters: " + deadLetters));
        try {
            return JSON.readTree(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request as a preview shows it, as one text to compare. */
    public static String previewed(String method, String url, Map<String, String> headers, String body) {
        return method + " " + url + " " + comparable(headers) + " " + body;
    }

    /** What arrived as a preview should have shown it: with the credential masked. */
    public static List<String> asPreviewed(Sample sample, String server, List<Arrived> arrived) {
        return arrived.stream().map(request -> {
            Map<String, String> headers = new TreeMap<>();
            request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            headers.computeIfPresent(nameIn(headers, sample.vendor().credentialHeader()),
                    (name, value) -> value.replace(SampleVendor.CREDENTIAL, "***"));
            return previewed(request.method(), server + request.path(), headers, request.body());
        }).toList();
    }

    private static String nameIn(Map<String, String> headers, String wanted) {
        return headers.keySet().stream().filter(wanted::equalsIgnoreCase).findFirst().orElse(wanted);
    }

    private static Map<String, String> comparable(Map<String, String> headers) {
        Map<String, String> comparable = new TreeMap<>();
        headers.forEach((name, value) -> comparable.put(name.toLowerCase(Locale.ROOT), value));
        comparable.keySet().removeAll(TRANSPORT);
        return comparable;
    }
}
