// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.console.web.QueryText;
import dev.gtmroutes.deadletter.DeadLetter;
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
    /** {@code open}, {@code replayed} or {@code discarded}; open without it. */
    @QueryParam("fate")
    String fate;
    /** Key of the reason that they share. */
    @QueryParam("group")
    String group;
    /** The one that is shown beside the list, such as {@code calls/2026-01-31/17}. */
    @QueryParam("letter")
    String letter;
    /** {@code rejected} or {@code held}. */
    @QueryParam("kind")
    String kind;
    /** What the reason, the record, its key or the id of its request has in it. */
    @QueryParam("search")
    String search;
    /** The first day, or time, in UTC; or how long ago, such as {@code 24h}. */
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

    public String group() {
        return text(group);
    }

    public String letter() {
        return text(letter);
    }

    /** Such as {@code open}. */
    public String fate() {
        return became().word();
    }

    private DeadLetter.Fate became() {
        for (DeadLetter.Fate each : DeadLetter.Fate.values()) {
            if (each.word().equals(text(fate).isEmpty() ? DeadLetter.Fate.OPEN.word() : fate)) {
                return each;
            }
        }
        throw new BadRequestException("The fate must be open, replayed or discarded.");
    }

    /** Whether those are shown with which something can be done. */
    public boolean isOpen() {
        return became() == DeadLetter.Fate.OPEN;
    }

    /** Whether something is chosen for which letters have to be read. */
    public boolean isSearch() {
        return !(search() + request() + key()).isEmpty();
    }

    public String request() {
        return text(request);
    }

    public String key() {
        return text(key);
    }

    /** Whether it begins at a time that is not one of those that the page offers. */
    public boolean hasOtherSince() {
        return !since().isEmpty() && !List.of("24h", "7d", "14d", "30d").contains(since());
    }

    /** What is chosen beside the fields of the page, as a sentence; empty for nothing. */
    public String narrow() {
        String words = Stream
                .of(until().isEmpty() ? "" : "until " + until, request().isEmpty() ? "" : "of request " + request,
                        key().isEmpty() ? "" : "with the key " + key)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "" : "Only dead letters " + words + ".";
    }

    /** The filters as fields of a form. */
    public Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("flow", text(flow));
        parts.put("kind", kind());
        parts.put("search", search());
        parts.put("since", since());
        parts.put("until", until());
        parts.put("request", request());
        parts.put("key", key());
        parts.put("group", group());
        parts.values().removeIf(String::isEmpty);
        return parts;
    }

    /** Whether this is the beginning of the list. */
    public boolean isNewest() {
        return text(before).isEmpty();
    }

    public String before() {
        return text(before);
    }

    /** Whether anything but a flow is chosen. */
    public boolean isNarrow() {
        return isSearch() || !(kind() + since() + until() + group()).isEmpty() || !isOpen();
    }

    /** @throws BadRequestException if some of it makes no sense */
    DeadLetterSelection choice() {
        DeadLetterState state = DeadLetterState.of(kind());
        if (state == null && !kind().isEmpty()) {
            throw new BadRequestException("The kind must be rejected or held.");
        }
        return new DeadLetterSelection(Set.of(), null, search(), time(since(), 0), time(until(), 1), state)
                .with(request, key).with(became(), group());
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
            if (text.matches("[1-9]\\d{0,3}[hd]")) {
                long count = Long.parseLong(text.substring(0, text.length() - 1));
                return Instant.now().minus(text.endsWith("h") ? Duration.ofHours(count) : Duration.ofDays(count));
            }
            return text.isEmpty() ? null : text.contains("T") ? Instant.parse(text)
                    : LocalDate.parse(text).plusDays(more).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequestException("Enter a day such as 2026-01-31, a time such as 2026-01-31T12:00:00Z, or "
                    + "how long ago, such as 24h or 14d.");
        }
    }

    /** The same as a query of an address, without where the page begins and which letter is shown. */
    public String query() {
        return joined(filters(), part("group", group));
    }

    private String filters() {
        return joined(part("flow", flow), part("kind", kind), part("search", search), part("since", since),
                part("until", until), part("request", request), part("key", key), isOpen() ? "" : part("fate", fate));
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(each -> !each.isEmpty()).collect(Collectors.joining("&"));
    }

    /** The address of the page with these filters and another group and letter; empty for none. */
    public String page(String otherGroup, String otherLetter, String from) {
        String query = joined(filters(), part("group", otherGroup), part("letter", otherLetter), part("before", from));
        return query.isEmpty() ? "/dead-letters" : "/dead-letters?" + query;
    }

    /** The address of the page with these filters for letters of which something else became. */
    public String withFate(String other) {
        String query = joined(part("flow", flow), part("kind", kind), part("search", search), part("since", since),
                part("until", until), part("request", request), part("key", key),
                other.equals(DeadLetter.Fate.OPEN.word()) ? "" : part("fate", other));
        return query.isEmpty() ? "/dead-letters" : "/dead-letters?" + query;
    }

    /** A path with the same as its query. */
    public String address(String path) {
        return query().isEmpty() ? path : path + "?" + query();
    }

    /** The same in words, such as {@code Flow calls, rejected, with "email".} */
    String words(String reason) {
        return Stream.of((flow() == null ? "All flows" : "Flow " + flow()), kind(),
                reason.isEmpty() ? "" : "reason \"" + reason + "\"",
                search().isEmpty() ? "" : "with \"" + search + "\"", since().isEmpty() ? "" : "since " + since,
                until().isEmpty() ? "" : "until " + until, request().isEmpty() ? "" : "of request " + request,
                key().isEmpty() ? "" : "with the key " + key).filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", ", "", "."));
    }

    private static String part(String name, String value) {
        return text(value).isEmpty() ? "" : name + "=" + QueryText.encoded(value);
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }
}
