// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows.page;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.WaitingInput;
import dev.gtmroutes.console.flows.WaitingInputs.FileProgress;
import dev.gtmroutes.console.state.FlowChip.Kind;

/**
 * A file that waits, on the page of its flow.
 *
 * @param state    In progress, Arriving or Waiting
 * @param style    of the state
 * @param icon     of the state
 * @param settled  records with an outcome
 * @param records  in the file; null if nobody knows
 * @param size     for people
 * @param estimate when it is delivered, for people
 */
public record InputRow(String name, String state, String style, String icon, long settled, Long records, String size,
        String estimate) {

    /** Whoever writes a file must be quiet for so long, unless a setting says otherwise. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /**
     * Of a file.
     *
     * @param before    records that are delivered before those of this file; empty if nobody knows
     * @param perMinute records with an outcome in a minute, lately
     */
    static InputRow of(FileProgress file, FlowLine flow, OptionalLong before, long perMinute) {
        boolean arrives = !file.isInWork() && file.file().written().plus(QUIET).isAfter(Instant.now());
        boolean retries = file.isInWork() && flow.chip().kind() == Kind.RETRYING;
        String style = retries ? "retrying" : file.isInWork() ? "running" : "queued";
        return new InputRow(file.file().name(), file.isInWork() ? "In progress" : arrives ? "Arriving" : "Waiting", style,
                file.isInWork() ? retries ? "refresh" : "loader" : "clock", file.settled(),
                file.records().isPresent() ? file.records().getAsLong() : null, WaitingInput.size(file.file().bytes()),
                arrives ? "Taken when it is complete" : estimate(flow, before, perMinute));
    }

    private static String estimate(FlowLine flow, OptionalLong left, long perMinute) {
        if (flow.mayActivate()) {
            return "When the flow is activated";
        }
        if (flow.chip().kind().isProblem()) {
            return "When the flow delivers again";
        }
        if (left.isEmpty() || perMinute == 0) {
            return "–";
        }
        long minutes = Math.round((double) left.getAsLong() / perMinute);
        return minutes < 1 ? "Less than a minute" : minutes < 120 ? "About " + minutes + " min"
                : "About " + minutes / 60 + " h";
    }
}
