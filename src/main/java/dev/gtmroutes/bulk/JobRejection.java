// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.delivery.outcome.Rejection;

/** Why records of a bulk job are not delivered. */
final class JobRejection {

    private static final int OK = 200;
    private static final String MAYBE = "; the API may have processed the record";

    private JobRejection() {
    }

    /** The vendor refused a request with the records, or for them. */
    static Rejection refused(String sentence, ApiAnswer answer) {
        return new Rejection(DeadLetterState.REJECTED, sentence + ": " + answer.summary(), answer.status(), answer.text());
    }

    /** Nothing tells whether the vendor has processed the records. */
    static Rejection held(String sentence, ApiAnswer answer) {
        return new Rejection(DeadLetterState.HELD, sentence + ": " + answer.summary() + MAYBE, answer.status(),
                answer.text());
    }

    /** The result says that the record failed. @param result as JSON */
    static Rejection failed(String sentence, String result) {
        return new Rejection(DeadLetterState.REJECTED, sentence, OK, result);
    }

    /** The results do not say what became of the record. @param result as JSON; empty for none */
    static Rejection unknown(String sentence, String result) {
        return new Rejection(DeadLetterState.HELD, sentence + MAYBE, OK, result);
    }
}
