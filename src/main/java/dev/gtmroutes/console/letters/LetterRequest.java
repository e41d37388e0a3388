// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.delivery.sample.SampleRequest;
import dev.gtmroutes.web.Problem;

/**
 * The request that a replay would send now.
 *
 * @param request null if it cannot be shown
 * @param problem why it cannot; empty if it can
 * @param differences in which ways the record differs from the schema of the endpoint
 * @param isRefused   whether the record cannot be sent
 */
public record LetterRequest(SampleRequest request, String problem, List<String> differences, boolean isRefused) {

    static LetterRequest problem(String problem) {
        return new LetterRequest(null, problem, List.of(), false);
    }

    /** @param why the record cannot be sent */
    static LetterRequest refused(String why) {
        return new LetterRequest(null, Problem.sentence("This record cannot be sent: " + why), List.of(), true);
    }

    /** Size of the body. */
    public int bytes() {
        return request.body().length;
    }

    public String body() {
        TruncatedText body = TruncatedText.json(new String(request.body(), StandardCharsets.UTF_8));
        return body.text() + (body.isCut() ? " … cut after 64 KB" : "");
    }
}
