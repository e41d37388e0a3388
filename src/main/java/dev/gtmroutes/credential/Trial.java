// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.FirstEdition;
import dev.gtmroutes.credential.token.NoTokenException;
import dev.gtmroutes.parameter.RouteModel;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;

/**
 * One request that a person asked for, and what came of it. It goes by the very route that flows send by, in their rate
 * budget.
 *
 * @param begun  when it was begun
 * @param millis until its end
 * @param answer what came of it
 */
public record Trial(Instant begun, long millis, ApiAnswer answer) {

    /** Longer than a connection and an answer may take. Behind that, it is the rate limit that holds it up. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** @param endpoint of the vendor API */
    public static Trial of(CamelContext camel, String endpoint, ApiRequest request) throws InterruptedException {
        return of(camel, endpoint, request, FirstEdition.isNeededFor(camel, endpoint));
    }

    /** With a credential that is not in use. */
    static Trial of(CamelContext camel, String endpoint, CredentialTrial trial) throws InterruptedException {
        return of(camel, endpoint, trial, false);
    }

    private static Trial of(CamelContext camel, String endpoint, Object request, boolean first)
            throws InterruptedException {
        Instant begun = Instant.now();
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            Exchange done = producer.asyncSend(RouteModel.endpoint(camel, endpoint), exchange -> {
                if (first) {
                    FirstEdition.send(exchange, (ApiRequest) request);
                } else {
                    exchange.getMessage().setBody(request);
                }
            }).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            ApiAnswer answer = done.getException() == null && done.getMessage().getBody() instanceof ApiAnswer value ? value
                    : FirstEdition.answer(done, done.getException());
            return new Trial(begun, millis(begun), answer);
        } catch (TimeoutException e) {
            return new Trial(begun, millis(begun), ApiAnswer.failed(e).maybeSent(true).problem("no response in "
                    + LONGEST.toSeconds() + " seconds: the flows use the whole rate limit of this credential, or the vendor "
                    + "requested a delay").build());
        } catch (ExecutionException | ResolveEndpointFailedException | IOException e) {
            return new Trial(begun, millis(begun), ApiAnswer.failed(e).build());
        }
    }

    private static long millis(Instant begun) {
        return Duration.between(begun, Instant.now()).toMillis();
    }

    /** Of the answer; 0 for none. */
    public int status() {
        return Math.max(answer.status(), 0);
    }

    /** Why there is no answer, one line without secrets; null if there is one. */
    public String problem() {
        return status() > 0 ? null : cause(answer.failure(), answer.problem());
    }

    /** Why something failed, one line. */
    static String cause(Throwable failure) {
        return cause(failure, Exceptions.text(failure));
    }

    private static String cause(Throwable failure, String said) {
        Throwable innermost = failure == null ? null : Exceptions.innermost(failure);
        return innermost instanceof IllegalArgumentException || innermost instanceof NoTokenException
                || innermost instanceof TimeoutException ? said : "no response: " + said;
    }
}
