package dev.gtmroutes.delivery;

import java.util.Locale;

/**
 * Why records are not delivered and never will be by themselves.
 *
 * @param state  whether they certainly did not have an effect
 * @param reason one clear sentence
 * @param status HTTP status of the answer, 0 if there was none
 * @param answer body of the answer, null if there was none
 */
record Rejection(State state, String reason, int status, String answer) {

    /** What is known of records that were not delivered. */
    enum State {
        /** The destination did not take them. */
        REJECTED,
        /** Nobody knows whether the request was carried out. A person has to choose whether it is sent again. */
        HELD;

        /** The word for it in a dead letter. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param problem why the record was not fit to be sent */
    static Rejection unsent(String problem) {
        return new Rejection(State.REJECTED, problem, 0, null);
    }

    /** The destination refused the records, or could not take them for so long that it was given up. */
    static Rejection answered(Answer answer, int attempts) {
        return of(State.REJECTED, answer, attempts);
    }

    /** The request may have been carried out, and must not be carried out twice. */
    static Rejection held(Answer answer, int attempts) {
        return of(State.HELD, answer, attempts);
    }

    private static Rejection of(State state, Answer answer, int attempts) {
        String tries = attempts > 1 ? " after " + attempts + " attempts" : "";
        return new Rejection(state, answer.summary() + tries, answer.status(), answer.body());
    }
}
