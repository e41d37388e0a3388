package dev.gtmroutes.delivery;

/**
 * Why records are not delivered and never will be by themselves.
 *
 * @param reason one clear sentence
 * @param status HTTP status of the answer, 0 if there was none
 * @param answer body of the answer, null if there was none
 */
record Rejection(String reason, int status, String answer) {

    /** @param problem why the record was not fit to be sent */
    static Rejection unsent(String problem) {
        return new Rejection(problem, 0, null);
    }

    static Rejection answered(Answer answer, int attempts) {
        String tries = attempts > 1 ? " after " + attempts + " attempts" : "";
        return new Rejection(answer.summary() + tries, answer.status(), answer.body());
    }
}
