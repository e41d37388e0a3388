// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;

import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.delivery.sample.SampleRequest;

/**
 * The request that a replay would send now.
 *
 * @param request null if it cannot be shown
 * @param problem why it cannot; empty if it can
 */
public record LetterRequest(SampleRequest request, String problem) {

    static LetterRequest problem(String problem) {
        return new LetterRequest(null, problem);
    }

    public String body() {
        TruncatedText body = TruncatedText.of(new String(request.body(), StandardCharsets.UTF_8));
        return body.text() + (body.isCut() ? " … cut after 64 KB" : "");
    }
}
