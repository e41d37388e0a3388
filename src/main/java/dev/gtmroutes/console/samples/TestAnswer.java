// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.nio.charset.StandardCharsets;

import dev.gtmroutes.console.samples.SampleRequests.Tested;
import dev.gtmroutes.console.web.TruncatedText;

/**
 * What came of a test; without an answer, why it was not sent.
 *
 * @param number      of the request, from 0
 * @param problem     why it was not sent; empty if it was
 * @param isOld       whether it was not sent because the requests are others by now
 * @param tested      the request and what came of it; null if it was not sent
 * @param isEdited    whether a person has edited the request
 * @param digest      of the requests
 * @param flow        whose sample the records can become
 * @param file        of that sample
 * @param whyNotSaved why they cannot; empty if they can
 */
public record TestAnswer(int number, String problem, boolean isOld, Tested tested, boolean isEdited, String digest,
        String flow, String file, String whyNotSaved) {

    static TestAnswer notSent(int number, String problem, boolean isOld) {
        return new TestAnswer(number, problem, isOld, null, false, "", "", "", "");
    }

    public TruncatedText body() {
        return TruncatedText.json(tested.outcome().body());
    }

    public SamplePanel.Request request() {
        return SamplePanel.Request.of(number, tested.request());
    }

    /** The body that was sent; as a person has written it, if they have. */
    public TruncatedText sentBody() {
        return isEdited ? TruncatedText.of(new String(tested.request().body(), StandardCharsets.UTF_8)) : request().body();
    }

    /** One word for the outcome. */
    public String result() {
        String result = tested.outcome().result();
        return Character.toUpperCase(result.charAt(0)) + result.substring(1);
    }

    /** The end of the name of its style. */
    public String style() {
        return switch (tested.outcome().result()) {
            case "delivered" -> "ok";
            case "held" -> "held";
            case "retried" -> "warn";
            default -> "bad";
        };
    }

    /** What a flow would make of such a response, as a sentence. */
    public String meaning() {
        return switch (tested.outcome().result()) {
            case "delivered" -> "A flow would record its records as delivered, except those that the response rejects.";
            case "held" -> "The API may have processed the request. A flow would hold its records in the dead letters.";
            case "retried" -> "A flow would send this request again later.";
            default -> "A flow would move the rejected records of this request to the dead letters.";
        };
    }
}
