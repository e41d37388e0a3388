// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a person sees who opens a request. Secrets are masked when it is kept, and those learned later when it is shown.
 *
 * @param requestHeaders  by name, with their secrets hidden; without the credential
 * @param requestBody     the beginning of the body that was sent
 * @param responseHeaders by name
 * @param responseBody    the beginning of the body that came back
 * @param records         the first records of the request, those first that were not delivered
 */
public record RequestDetails(Map<String, String> requestHeaders, BodyHead requestBody, Map<String, String> responseHeaders,
        BodyHead responseBody, List<RecordLine> records) {

    private static final int MOST_HEADERS = 30;
    private static final int MOST_HEADER_CHARS = 300;
    /** What everything but the bodies takes, about. */
    private static final int OTHER_BYTES = 4096;

    /**
     * A record of the request.
     *
     * @param place   the file, or whatever the record came from
     * @param line    line of the file; 0 where there are no lines
     * @param number  1 for the first record of the input; 0 where the place says which record it is
     * @param key     by what people know the record; empty if the flow does not say, or the record has none
     * @param outcome delivered, rejected, held or retrying
     */
    public record RecordLine(String place, long line, long number, String key, String outcome) {

        RecordLine masked(UnaryOperator<String> mask) {
            return new RecordLine(mask.apply(place), line, number, mask.apply(key), outcome);
        }
    }

    RequestDetails masked(UnaryOperator<String> mask) {
        return new RequestDetails(masked(requestHeaders, mask), requestBody.masked(mask), masked(responseHeaders, mask),
                responseBody.masked(mask), records.stream().map(each -> each.masked(mask)).toList());
    }

    private static Map<String, String> masked(Map<String, String> headers, UnaryOperator<String> mask) {
        Map<String, String> shown = new LinkedHashMap<>(headers);
        shown.replaceAll((name, value) -> mask.apply(value));
        return shown;
    }

    /** About how much memory it takes. */
    long bytes() {
        return OTHER_BYTES + requestBody.bytes().length + responseBody.bytes().length;
    }

    /** Headers of a response, as far as they are kept. */
    public static Map<String, String> headers(Map<String, List<String>> all) {
        Map<String, String> some = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> each : all.entrySet()) {
            if (some.size() == MOST_HEADERS) {
                break;
            }
            some.put(cut(each.getKey()), cut(each.getValue().isEmpty() ? "" : each.getValue().get(0)));
        }
        return some;
    }

    private static String cut(String text) {
        return text.length() <= MOST_HEADER_CHARS ? text : text.substring(0, MOST_HEADER_CHARS) + " … (cut)";
    }
}
