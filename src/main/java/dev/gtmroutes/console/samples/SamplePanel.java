// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.console.form.FlowFormPage;
import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SampleRequest;
import dev.gtmroutes.form.FieldFinding;

/**
 * What a page shows of the requests for a sample.
 *
 * @param source            where the records are from
 * @param problem           why there are no requests, or why none can be sent; empty if they can
 * @param requests          the first ones
 * @param more              how many there are beside these
 * @param refused           the first records that would not be sent
 * @param moreRefused       how many there are beside these
 * @param differences       the first records that differ from the schema of the endpoint
 * @param moreDifferences   how many differences there are beside these
 * @param wantsConfirmation whether a test is to be confirmed in words
 * @param effect            what a test does that is confirmed, as a sentence
 * @param digest            of all requests
 * @param fields            those of the form that something was found about, or not any more
 */
public record SamplePanel(SampleSource.Records source, String problem, List<Request> requests, int more,
        List<Preview.Refused> refused, int moreRefused, List<Preview.Difference> differences, int moreDifferences,
        boolean wantsConfirmation, String effect, String digest, List<Field> fields) {

    private static final int MOST = 10;

    /**
     * A request.
     *
     * @param number  from 0
     * @param path    the part of the URL below the base URL
     * @param headers by name; those that the vendor API sets are hidden
     * @param edited  the headers that a person can edit, one in a line
     * @param size    its records and the size of its body, for people
     */
    public record Request(int number, String method, String url, String path, Map<String, String> headers, String edited,
            TruncatedText body, String size, boolean mayBeTested) {

        public boolean isFirst() {
            return number == 0;
        }

        public int place() {
            return number + 1;
        }

        static Request of(int number, SampleRequest request) {
            String body = new String(request.body(), StandardCharsets.UTF_8);
            int bytes = request.body().length;
            String size = bytes == 0 ? "no body" : bytes < 10_000 ? bytes + " bytes" : bytes / 1000 + " kB";
            SampleRequest.Way way = request.way();
            if (way == null) {
                return new Request(number, request.method(), request.url(), request.url(), new TreeMap<>(request.headers()),
                        "", TruncatedText.json(body), size, false);
            }
            PayloadText text = PayloadText.of(request);
            return new Request(number, request.method(), request.url(), text.url().isEmpty() ? request.url() : text.url(),
                    hidden(request), text.headers(), TruncatedText.json(body),
                    way.records() + (way.records() == 1 ? " record" : " records") + " · " + size, true);
        }

        private static Map<String, String> hidden(SampleRequest request) {
            Map<String, String> headers = new TreeMap<>(request.headers());
            headers.replaceAll((name, value) -> request.way().added().contains(name.toLowerCase(Locale.ROOT)) ? "hidden"
                    : value);
            return headers;
        }
    }

    /**
     * A field of the form.
     *
     * @param id of its element in the page
     */
    public record Field(String id, String message) {
    }

    static SamplePanel of(SampleSource.Records source, SampleRequests.Previewed preview, List<Field> fields) {
        List<Request> requests = new ArrayList<>();
        List<SampleRequest> all = preview.shown();
        for (int i = 0; i < Math.min(MOST, all.size()); i++) {
            requests.add(Request.of(i, all.get(i)));
        }
        List<Preview.Refused> refused = preview.refused();
        List<Preview.Difference> differences = preview.differences();
        String problem = preview.credentialProblem().isEmpty() ? ""
                : "These requests cannot be sent yet: " + preview.credentialProblem();
        return new SamplePanel(source, problem, requests, all.size() - requests.size(),
                refused.subList(0, Math.min(MOST, refused.size())), Math.max(0, refused.size() - MOST),
                differences.subList(0, Math.min(MOST, differences.size())), Math.max(0, differences.size() - MOST),
                preview.wantsConfirmation(), preview.effect(), preview.digest(), fields);
    }

    static SamplePanel none(SampleSource.Records source, String problem, List<Field> fields) {
        return new SamplePanel(source, problem, List.of(), 0, List.of(), 0, List.of(), 0, false, "", "", fields);
    }

    /** The fields of the parameters, each with what was found about it, if anything. */
    static List<Field> fields(List<String> names, List<FieldFinding> findings) {
        return names.stream().map(name -> new Field(name.endsWith("." + FlowFormPage.CONFIRM) ? "confirm"
                : name.replace('.', '-'),
                String.join(" ", findings.stream()
                        .filter(each -> each.field().equals(name)).map(FieldFinding::message).toList())))
                .toList();
    }

    public String confirmation() {
        return SampleRequests.CONFIRMATION;
    }

    /** How many requests there are, in words. */
    public String count() {
        int all = requests.size() + more;
        return all == 0 ? "No requests" : all == 1 ? "1 request" : all + " requests";
    }

    public boolean isNothing() {
        return requests.isEmpty() && refused.isEmpty();
    }
}
