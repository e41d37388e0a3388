// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterCursor;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;

/** Which dead letters a person wants to see, as the query of an address says it. What is left out does not matter. */
public class LetterFilter {

    @QueryParam("flow")
    String flow;
    /** {@code rejected} or {@code held}. */
    @QueryParam("kind")
    String kind;
    /** What the reason, the record, its key or the id of its request has in it. */
    @QueryParam("search")
    String search;
    /** The first day, or time, in UTC. */
    @QueryParam("since")
    String since;
    /** The last day, or the time before which. */
    @QueryParam("until")
    String until;
    /** Id of the request that carried it last. */
    @QueryParam("request")
    String request;
    /** Its record key. */
    @QueryParam("key")
    String key;
    /** Where a page begins: what the one before gave as its next. */
    @QueryParam("before")
    String before;

    /** @return null for all flows */
    public String flow() {
        return text(flow).isEmpty() ? null : flow;
    }

    public String kind() {
        return text(kind);
    }

    public String search() {
        return text(search);
    }

    public String since() {
        return text(since);
    }

    public String until() {
        return text(until);
    }

    /** Whether something is chosen for which letters have to be read. */
    boolean isSearch() {
        return !(search() + text(request) + text(key)).isEmpty();
    }

    /** Whether this is the beginning of the list. */
    public boolean isNewest() {
        return text(before).isEmpty();
    }

    /** Whether anything but a flow is chosen. */
    public boolean isNarrow() {
        return isSearch() || !(kind() + since() + until()).isEmpty();
    }

    /** @throws BadRequestException if some of it makes no sense */
    DeadLetterSelection choice() {
        DeadLetterState state = DeadLetterState.of(kind());
        if (state == null && !kind().isEmpty()) {
            throw new BadRequestException("The kind must be rejected or held.");
        }
        return new DeadLetterSelection(Set.of(), null, search(), time(since(), 0), time(until(), 1), state)
                .with(request, key);
    }

    /** @throws BadRequestException if it is no such place */
    LetterCursor from() {
        try {
            return isNewest() ? null : LetterCursor.parse(before);
        } catch (LetterRefusedException e) {
            throw new BadRequestException("The list cannot be continued: " + e.getMessage() + ".");
        }
    }

    /** @param more days after the one that is given */
    private static Instant time(String text, int more) {
        try {
            return text.isEmpty() ? null : text.contains("T") ? Instant.parse(text)
                    : LocalDate.parse(text).plusDays(more).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequestException("Enter a day such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z.");
        }
    }

    /** The same as a query of an address, without where the page begins. */
    public String query() {
        return Stream.of(part("flow", flow), part("kind", kind), part("search", search), part("since", since),
                part("until", until), part("request", request), part("key", key)).filter(each -> !each.isEmpty())
                .collect(Collectors.joining("&"));
    }

    /** A path with the same as its query. */
    public String address(String path) {
        return query().isEmpty() ? path : path + "?" + query();
    }

    /** The same in words, such as {@code All dead letters that match now: flow calls, rejected, with "email".} */
    String words() {
        return Stream.of("All dead letters that match now: " + (flow() == null ? "all flows" : "flow " + flow()), kind(),
                search().isEmpty() ? "" : "with \"" + search + "\"", since().isEmpty() ? "" : "since " + since,
                until().isEmpty() ? "" : "until " + until, text(request).isEmpty() ? "" : "of request " + request,
                text(key).isEmpty() ? "" : "with the key " + key).filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", ", "", "."));
    }

    private static String part(String name, String value) {
        return text(value).isEmpty() ? "" : name + "=" + encoded(value);
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }
}
