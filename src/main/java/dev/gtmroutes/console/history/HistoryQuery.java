// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.history;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

import dev.gtmroutes.console.web.BrowserZone;
import dev.gtmroutes.console.web.QueryText;
import dev.gtmroutes.history.Run;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** Which runs a person looks at. */
public class HistoryQuery {

    /** Something to choose from. */
    public record Choice(String value, String title, boolean isChosen) {
    }

    @QueryParam("period")
    @DefaultValue("")
    String period;

    @QueryParam("state")
    @DefaultValue("")
    String state;

    @QueryParam("search")
    @DefaultValue("")
    String search;

    @QueryParam("before")
    @DefaultValue("")
    String before;

    @CookieParam(BrowserZone.COOKIE)
    String zone;

    /** Whose days these are. */
    ZoneId zone() {
        return BrowserZone.of(zone);
    }

    public String search() {
        return search.strip();
    }

    /** The periods that can be looked at. @param kept how long the history is kept */
    public List<Choice> periods(Duration kept) {
        return List.of(choice("", "Last " + kept.toDays() + " days", period), choice("7d", "Last 7 days", period),
                choice("today", "Today", period));
    }

    public List<Choice> states() {
        return List.of(choice("", "All runs", state), choice("refused", "With rejected or held records", state),
                choice("in-work", "Running", state), choice("waiting", "Waiting", state));
    }

    private static Choice choice(String value, String title, String chosen) {
        return new Choice(value, title, value.equals(chosen));
    }

    /** When the period begins. */
    Instant from(Instant now, Duration kept) {
        return switch (period) {
            case "today" -> BrowserZone.midnight(zone()).toInstant();
            case "7d" -> now.minus(Duration.ofDays(7));
            default -> now.minus(kept);
        };
    }

    /** Only runs that began before this; null for all. */
    Instant end() {
        try {
            return before.isEmpty() ? null : Instant.parse(before);
        } catch (DateTimeException e) {
            throw new BadRequestException("The parameter before is not a time such as 2026-01-31T08:00:00Z.");
        }
    }

    /** Whether it is one of the runs that the person looks for. */
    boolean finds(Run run) {
        boolean isState = switch (state) {
            case "refused" -> positive(run.rejected()) || positive(run.held());
            case "in-work" -> run.state() == Run.State.IN_WORK;
            case "waiting" -> run.state() == Run.State.WAITING;
            default -> true;
        };
        return isState && run.input().toLowerCase(Locale.ROOT).contains(search().toLowerCase(Locale.ROOT));
    }

    private static boolean positive(Long number) {
        return number != null && number > 0;
    }

    /** Whether it leaves out some runs of the period. */
    public boolean isNarrow() {
        return !state.isEmpty() || !search().isEmpty();
    }

    /** The same query, as it stands behind an address. @param end only runs that began before this; null for all */
    String text(Instant end) {
        return "?period=" + QueryText.encoded(period) + "&state=" + QueryText.encoded(state) + "&search="
                + QueryText.encoded(search())
                + (end == null ? "" : "&before=" + end);
    }
}
