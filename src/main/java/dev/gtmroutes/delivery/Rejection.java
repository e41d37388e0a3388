package dev.gtmroutes.delivery;

/**
 * Why records are not delivered and never will be by themselves.
 *
 * @param state  whether they certainly had no effect
 * @param reason one clear sentence
 * @param status HTTP status of the answer, 0 if there was none
 * @param answer body of the answer, null if there was none
 */
record Rejection(DeadLetterState state, String reason, int status, String answer) {

    /** @param problem why the record was not fit to be sent */
    static Rejection unsent(String problem) {
        return new Rejection(DeadLetterState.REJECTED, problem, 0, null);
    }

    /** The destination refused the records, or could not take them for so long that it was given up. */
    static Rejection answered(Answer answer, int attempts) {
        return of(DeadLetterState.REJECTED, answer, attempts);
    }

    /** The request may have been carried out, and must not be carried out twice. */
    static Rejection held(Answer answer, int attempts) {
        return of(DeadLetterState.HELD, answer, attempts);
    }

    private static Rejection of(DeadLetterState state, Answer answer, int attempts) {
        String tries = attempts > 1 ? " after " + attempts + " attempts" : "";
        return new Rejection(state, answer.summary() + tries, answer.status(), answer.body());
    }
}
