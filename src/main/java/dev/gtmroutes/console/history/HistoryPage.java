// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.history.Slice;

/**
 * What the page shows.
 *
 * @param line        the flow, as the list of flows has it
 * @param query       which runs
 * @param kept        how long the history is kept; zero if it is switched off
 * @param trouble     why the history cannot be saved now; null while all is well
 * @param sum         what was done in the period
 * @param days        a bar for each day
 * @param runs        the newest first
 * @param next        where the page stops; null if it shows all
 * @param destinations how many destinations of the flow are counted
 */
public record HistoryPage(FlowLine line, boolean mayChange, boolean mayEdit, HistoryQuery query, Duration kept,
        String trouble, Slice sum,
        DayBars days, List<RunRow> runs, Instant next, int destinations) {

    public String flow() {
        return line.id();
    }

    /** Whether runs have to say where they went. */
    public boolean isForked() {
        return destinations > 1;
    }

    /** Whether nothing is counted: the flow calls no API, or does not run. */
    public boolean isUncounted() {
        return destinations == 0;
    }

    public boolean isOff() {
        return kept.isZero();
    }

    public List<HistoryQuery.Choice> periods() {
        return query.periods(kept);
    }

    public List<HistoryQuery.Choice> states() {
        return query.states();
    }

    /** Whether these are the newest runs: they change while one looks at them. */
    public boolean isNewest() {
        return query.end() == null;
    }

    public String self() {
        return "/flows/" + flow() + "/history" + query.text(query.end());
    }

    public String older() {
        return "/flows/" + flow() + "/history" + query.text(next);
    }

    public String newest() {
        return "/flows/" + flow() + "/history" + query.text(null);
    }

    public String csv() {
        return "/api/flows/" + flow() + "/history.csv" + query.text(null);
    }
}
