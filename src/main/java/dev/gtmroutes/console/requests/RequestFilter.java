// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.console.web.QueryText;
import jakarta.ws.rs.QueryParam;

/** Which requests a person wants to see, as the query of an address says it. What is left out does not matter. */
public class RequestFilter {

    private static final int MOST_OPEN = 20;

    @QueryParam("flow")
    String flow;
    /** Title of a vendor. */
    @QueryParam("vendor")
    String vendor;
    /** {@code delivered}, {@code rejected}, {@code held} or {@code retrying}. */
    @QueryParam("outcome")
    String outcome;
    /** What the URL, the status, the flow or a key of a record has in it. */
    @QueryParam("search")
    String search;
    /** Whether new ones do not come by themselves. */
    @QueryParam("paused")
    boolean paused;
    /** The number of the newest one that is shown; 0 for the last one there is. */
    @QueryParam("upto")
    long upto;
    /** Numbers of those that are open. */
    @QueryParam("open")
    Set<Long> open;

    public String flow() {
        return text(flow);
    }

    public String vendor() {
        return text(vendor);
    }

    public String outcome() {
        return text(outcome);
    }

    public String search() {
        return text(search).strip();
    }

    /** Whether a person wants no new ones. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether no new ones come, so that nothing moves what a person reads. */
    public boolean isFrozen() {
        return paused || !open().isEmpty();
    }

    /** Whether anything but a flow is chosen. */
    public boolean isNarrow() {
        return !(vendor() + outcome() + search()).isEmpty();
    }

    public Set<Long> open() {
        return open == null ? Set.of() : open;
    }

    /** The same query, with this one opened, or closed if it is open. @param shown the newest one that is shown */
    String toggled(long number, long shown) {
        Set<Long> others = new TreeSet<>(open());
        if (!others.remove(number) && others.size() < MOST_OPEN) {
            others.add(number);
        }
        return query(paused, paused || !others.isEmpty() ? shown : 0, others);
    }

    /** The same query as it is, for what is shown now. */
    String here(long shown) {
        return query(paused, isFrozen() ? shown : 0, open());
    }

    /** The same query, with the newest ones. */
    String newest() {
        return query(paused, 0, open());
    }

    String pausedAt(long shown) {
        return query(true, shown, open());
    }

    /** New ones come again; what was open is closed. */
    String following() {
        return query(false, 0, Set.of());
    }

    private String query(boolean nowPaused, long last, Set<Long> nowOpen) {
        return Stream.concat(Stream.of(part("flow", flow()), part("vendor", vendor()), part("outcome", outcome()),
                part("search", search()), nowPaused ? "paused=true" : "", last > 0 ? "upto=" + last : ""),
                nowOpen.stream().map(each -> "open=" + each)).filter(each -> !each.isEmpty())
                .collect(Collectors.joining("&"));
    }

    private static String part(String name, String value) {
        return value.isEmpty() ? "" : name + "=" + QueryText.encoded(value);
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }

    /** One of the outcomes that one can choose from. */
    public record Choice(String value, String title) {
    }

    static List<Choice> outcomes() {
        return List.of(new Choice("delivered", "Delivered"), new Choice("rejected", "Rejected"), new Choice("held", "Held"),
                new Choice("retrying", "Sent again"));
    }
}
