// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.sample.SampleRequest;

/**
 * The fields in which a person edits one request before it is sent as a test.
 *
 * @param problem           why there are none; empty if there are
 * @param number            of the request, from 0
 * @param method            of the request
 * @param text              the rest of the request; null if there is a problem
 * @param wantsConfirmation whether a test is to be confirmed in words, whatever is edited
 * @param effect            what a test does that is confirmed, as a sentence
 */
public record PayloadEditor(String problem, int number, String method, PayloadText text, boolean wantsConfirmation,
        String effect) {

    static PayloadEditor of(int number, SampleRequests.Previewed preview) throws RefusedSample {
        SampleRequest shown = preview.request(number);
        return new PayloadEditor("", number, shown.method(), PayloadText.of(shown), preview.wantsConfirmation(),
                preview.effect());
    }

    static PayloadEditor none(int number, String problem) {
        return new PayloadEditor(problem, number, "", null, false, "");
    }

    public int place() {
        return number + 1;
    }

    public List<String> methods() {
        return Stream.concat(EditedRequest.METHODS.stream(), Stream.of(method)).distinct().toList();
    }

    public String base() {
        return text.base();
    }

    public String url() {
        return text.url();
    }

    public String headers() {
        return text.headers();
    }

    /** So many lines the field of the headers has. */
    public int headerLines() {
        return Math.max(2, Math.min(6, (int) text.headers().lines().count()));
    }

    public boolean hasBody() {
        return text.body() != null;
    }

    public String body() {
        return text.body();
    }

    public String confirmation() {
        return SampleRequests.CONFIRMATION;
    }
}
