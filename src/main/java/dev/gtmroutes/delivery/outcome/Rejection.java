// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Exceptions;

/**
 * Why records are not delivered and never will be by themselves.
 *
 * @param state   whether they certainly had no effect
 * @param reason  one clear sentence
 * @param status  HTTP status of the answer, 0 if there was none, -1 if the request could not be made
 * @param answer  body of the answer, null if nothing was sent
 * @param request id of the request that carried them last; null if they were not sent, or it is not known
 */
public record Rejection(DeadLetterState state, String reason, int status, String answer, String request) {

    private static final int MOST_QUOTED_CHARS = 200;

    /** Of records that are not known to have been in a request. */
    public Rejection(DeadLetterState state, String reason, int status, String answer) {
        this(state, reason, status, answer, null);
    }

    /** The same of records that this request carried. */
    Rejection of(String request) {
        return new Rejection(state, reason, status, answer, request);
    }

    /** @param problem why the record was not fit to be sent */
    public static Rejection unsent(String problem) {
        return new Rejection(DeadLetterState.REJECTED, problem, 0, null);
    }

    /** The destination refused the records, or could not take them for so long that it was given up. */
    static Rejection answered(ApiAnswer answer, int attempts) {
        String failure = answer.policy().failureIn(answer);
        return new Rejection(DeadLetterState.REJECTED, answer.summary() + (failure.isEmpty() ? "" : " and the error: "
                + failure)
                + tries(attempts), answer.status(), answer.text());
    }

    /** The answer says why of this very record. */
    static Rejection item(ApiAnswer answer, int status, String error) {
        return new Rejection(DeadLetterState.REJECTED, "responded with " + status + " for this record"
                + (error.isEmpty() ? "" : ": " + error), status, answer.text());
    }

    /** The answer does not rule out that this very record was carried out. */
    static Rejection itemHeld(ApiAnswer answer, int status, String error) {
        Rejection rejection = item(answer, status, error);
        return new Rejection(DeadLetterState.HELD, rejection.reason + "; the API may have processed the record", status,
                rejection.answer);
    }

    /** @param why what is to be said beside the answer; empty for nothing */
    static Rejection held(ApiAnswer answer, int attempts, String why) {
        return new Rejection(DeadLetterState.HELD, answer.summary() + why + tries(attempts)
                + "; the API may have processed the record", answer.status(), answer.text());
    }

    /** The answer tells of each record by itself, and nobody has said where. */
    static Rejection multiStatus(ApiAnswer answer) {
        return new Rejection(DeadLetterState.HELD, answer.summary() + ", which reports each record separately: set Item "
                + "Results, so that the program reads these reports; the API may have processed the "
                + "record", answer.status(), answer.text());
    }

    /** The destination took the request, but does not say what became of this record. */
    static Rejection unmentioned(ApiAnswer answer) {
        return new Rejection(DeadLetterState.HELD, answer.summary()
                + " without a result for this record; the API may have processed the "
                + "record", answer.status(), answer.text());
    }

    /** The answer lists the only record of the request as failed. */
    static Rejection failed(ApiAnswer answer, String failures) {
        return new Rejection(DeadLetterState.REJECTED, answer.summary() + " and the failed record: "
                + Exceptions.line(failures), answer.status(), answer.text());
    }

    /** The answer lists some records of the request as failed, and does not say which in a form that is known. */
    static Rejection someFailed(ApiAnswer answer, String failures) {
        return new Rejection(DeadLetterState.HELD, answer.summary() + " and a list of failed records, which does not tell "
                + "which records they are: " + Exceptions.line(failures) + "; the API may have processed the record",
                answer.status(), answer.text());
    }

    /** The program ended while the record was being sent, or before it had noted the answer. */
    public static Rejection interrupted() {
        String reason = "the program ended while this record was being sent; the API may have processed the record";
        return new Rejection(DeadLetterState.HELD, reason, 0, "");
    }

    /** The file of the record was replaced while it was in work, and the earlier one had an equal record that was sent. */
    public static Rejection replaced() {
        String reason = "an earlier file of this name had an equal record that was sent, so the API may have processed the "
                + "record; replay it if it is a different record";
        return new Rejection(DeadLetterState.HELD, reason, 0, "");
    }

    private static String tries(int attempts) {
        return attempts > 1 ? " after " + attempts + " attempts" : "";
    }

    public boolean isHeld() {
        return state == DeadLetterState.HELD;
    }

    /** For counting: the status, or what there was in its place. */
    public String kind() {
        return answer == null ? "unfit" : status == 0 ? "no-answer" : status < 0 ? "impossible" : Integer.toString(status);
    }

    /** The beginning of the answer, for a log; empty if there was none. */
    public String quoted() {
        String text = answer == null ? "" : answer.strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? ""
                : " (" + (text.length() > MOST_QUOTED_CHARS ? text.substring(0, MOST_QUOTED_CHARS) + " …" : text) + ")";
    }
}
