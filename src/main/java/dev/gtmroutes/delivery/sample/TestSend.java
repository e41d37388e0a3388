// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.sample;

import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.Trial;
import org.apache.camel.CamelContext;

/**
 * Sends one sample request for real, once, by the very route that flows send by: with the credential, in its rate
 * budget. It is no part of any flow: nothing counts it, repeats it, or keeps its records.
 */
public final class TestSend {

    private final CamelContext camel;

    /** @param camel in which the route of the vendor API is, or can be made */
    public TestSend(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * @param request of a preview; it has a way
     * @return what came of it, which is no exception, whatever it is
     */
    public TestedRequest send(SampleRequest request) throws InterruptedException {
        Trial trial = Trial.of(camel, request.way().endpoint(), request(request));
        ApiAnswer answer = trial.answer();
        String result = result(answer, request.way().onceOnly());
        if (trial.status() == 0) {
            String why = answer.refusal() != null ? answer.refusal() : trial.problem();
            return new TestedRequest(trial.begun(), 0, Map.of(), "", trial.millis(), result,
                    answer.maybeSent() ? why + "; the API may have processed the request" : why);
        }
        return new TestedRequest(trial.begun(), trial.status(), headers(answer), Secrets.of(camel).mask(answer.text()),
                trial.millis(), result, answer.refusal() == null ? "" : answer.refusal());
    }

    /** By the one table that deliveries go by. */
    private static String result(ApiAnswer answer, boolean onceOnly) {
        return switch (answer.outcome(onceOnly)) {
            case DELIVERED -> "delivered";
            case REJECTED, REFUSED -> "rejected";
            case UNKNOWN -> onceOnly ? "held" : "retried";
            case CREDENTIAL, RETRY -> "retried";
        };
    }

    /** The credential of the preview is a mask; the route of the vendor API puts the real one in its place. */
    private static ApiRequest request(SampleRequest request) {
        ApiRequest plain = ApiRequest.of(request.method(), request.url())
                .forTemplate(request.way().template(), request.way().sendCredentialTo())
                .at(request.url(), request.headers());
        return request.body().length == 0 ? plain : plain.withBody(request.body());
    }

    private Map<String, String> headers(ApiAnswer answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.headers().forEach((name, values) -> headers.put(name, Secrets.of(camel).mask(String.join(", ", values))));
        return headers;
    }
}
