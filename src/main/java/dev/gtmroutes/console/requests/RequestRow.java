// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.time.Instant;
import java.util.Locale;

import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.delivery.status.RecentRequest;

/**
 * A request as a line of the list.
 *
 * @param request what is remembered of it
 * @param url     of it, with secrets hidden
 * @param mark    of the vendor
 * @param hasFlow whether its flow has a page
 * @param toggle  the query that opens or closes it
 * @param view    what it shows when it is open; null if it is closed
 */
public record RequestRow(RecentRequest request, String url, VendorMark mark, boolean hasFlow, String toggle,
        RequestView view) {

    public long number() {
        return request.number();
    }

    public Instant at() {
        return request.at();
    }

    public String flow() {
        return request.flow();
    }

    public String method() {
        return request.call().method();
    }

    /** Path and query. */
    public String path() {
        return path(url);
    }

    static String path(String url) {
        int host = url.indexOf("://");
        int start = host < 0 ? 0 : url.indexOf('/', host + 3);
        return start < 0 ? "/" : url.substring(start);
    }

    /** Such as {@code 503}; where there is none, why. */
    public String response() {
        return response(request.status());
    }

    static String response(int status) {
        return status > 0 ? String.valueOf(status) : status == 0 ? "None" : "Not sent";
    }

    public OutcomeChip chip() {
        return OutcomeChip.of(request);
    }

    /** Such as {@code 61 ms} or {@code 1.2 s}. */
    public String duration() {
        return duration(request.millis());
    }

    static String duration(long millis) {
        return millis < 1000 ? millis + " ms" : millis < 10_000 ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                : millis < 120_000 ? Math.round(millis / 1000.0) + " s" : Math.round(millis / 60_000.0) + " min";
    }

    public boolean isOpen() {
        return view != null;
    }
}
