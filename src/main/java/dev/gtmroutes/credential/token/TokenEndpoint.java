// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import dev.gtmroutes.api.Backoff;
import dev.gtmroutes.api.DemoLimit;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.api.RetryAfter;
import dev.gtmroutes.credential.ApiUrl;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.WebOrigin;

/**
 * Asks an OAuth 2.0 token endpoint for tokens. What may pass, a broken connection or an answer such as 503 or 429, is
 * tried a few times here; the delivery's own, longer patience comes on top of it.
 */
public final class TokenEndpoint {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** An answer is a token and a few words. */
    private static final int MOST_BYTES = 1024 * 1024;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(2));

    private final URI url;
    private final Secrets secrets;
    private final Duration deadline;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT_TIMEOUT).build();

    /**
     * @param  url     where it is
     * @param  secrets learns of every token that comes from there
     * @throws IllegalArgumentException if no secret may be sent there
     */
    public TokenEndpoint(String url, Secrets secrets) {
        this(url, secrets, DEADLINE);
    }

    /** @param deadline the longest time for one attempt, from the connection to the last byte of the answer */
    TokenEndpoint(String url, Secrets secrets, Duration deadline) {
        this.deadline = deadline;
        this.url = ApiUrl.absolute(url);
        this.secrets = secrets;
        if (!WebOrigin.of(this.url).isPrivate()) {
            throw new IllegalArgumentException("a token URL must use https: " + name());
        }
        DemoLimit.check(this.url.getHost());
    }

    /**
     * @param  form the fields of the request
     * @return      an answer that holds an access token
     * @throws NoTokenException if it gives none; {@link NoTokenException#error} is its reason
     */
    TokenAnswer request(Map<String, String> form) {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
                .header("User-Agent", "gtm-routes").POST(HttpRequest.BodyPublishers.ofString(encoded(form))).build();
        try {
            for (int attempt = 1;; attempt++) {
                try {
                    HttpResponse<byte[]> answer = send(request);
                    if (attempt == MOST_ATTEMPTS || !passing(answer.statusCode()) || retryAfter(answer) != null) {
                        return granted(answer);
                    }
                } catch (IOException e) {
                    if (attempt == MOST_ATTEMPTS) {
                        throw new NoTokenException("%s did not respond (%s)".formatted(name(), Exceptions.text(e)), e);
                    }
                }
                Thread.sleep(BACKOFF.jittered(attempt).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoTokenException("interrupted while fetching a token from " + name(), e);
        }
    }

    /** Within a time for all of it: the client's own timeout ends with the answer's headers. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the response did not end within " + deadline.toMillis() / 1000.0 + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        return RetryAfter.of(answer.headers().allValues("Retry-After"));
    }

    private TokenAnswer granted(HttpResponse<byte[]> response) {
        TokenAnswer answer = TokenAnswer.of(response.body());
        secrets.addPassing(answer.refreshToken());
        secrets.addPassing(answer.accessToken());
        if (response.statusCode() == 200 && answer.accessToken() != null) {
            return answer;
        }
        throw new NoTokenException("%s responded with %d%s".formatted(name(), response.statusCode(),
                !answer.error().isEmpty() ? " (" + answer.error() + ")"
                        : response.statusCode() == 200 ? " without an access token" : ""),
                answer.error(), response.statusCode() >= 400 && !passing(response.statusCode()), retryAfter(response));
    }

    /** Whether asking again may help. All other refusals are about the client, its refresh token or the URL. */
    private static boolean passing(int status) {
        return OutcomePolicy.of(status, false) == Outcome.RETRY;
    }

    /** Without the query, which may hold a secret. */
    private String name() {
        return "the token endpoint " + url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream().map(each -> each.getKey() + "="
                + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }
}
