// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

/**
 * What came of records that were handed to a flow again.
 *
 * @param delivered how many are no dead letters again
 * @param again     how many are
 */
public record ReplayOutcome(State state, long delivered, long again) {

    /** How much is known. */
    public enum State {
        /** The flow has not finished them. */
        WAITING,
        /** The flow has saved them; their outcomes come with a bulk job. */
        SAVED,
        /** The flow has finished them. */
        ENDED,
        /** The flow has finished them; rejected records are in a Kafka topic. */
        ELSEWHERE
    }

    static final ReplayOutcome WAITING = new ReplayOutcome(State.WAITING, 0, 0);

    /** Such as {@code 13 delivered, 1 rejected again}. */
    public String words() {
        return switch (state) {
            case WAITING -> "waiting to be sent";
            case SAVED -> "saved; the outcome comes with the bulk job";
            case ENDED -> again == 0 ? delivered + " delivered"
                    : delivered + " delivered, " + again
                            + (again == 1 ? " is a dead letter again" : " are dead letters again");
            case ELSEWHERE -> "finished; rejected records are in the topic for dead letters";
        };
    }

    public boolean isWaiting() {
        return state == State.WAITING;
    }

    public boolean isBad() {
        return again > 0;
    }
}
