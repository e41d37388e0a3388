// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.DefaultMessage;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;

/**
 * One request on its way through the route of a vendor API or webhook: what its steps know of it, from the
 * {@link ApiRequest} in the body to the {@link ApiAnswer}. It lives on the exchange inside that route only, and is gone
 * behind it.
 *
 * <p>Each attempt is a message of its own, never the source's, emptied: Camel makes the body of a file or HTTP message
 * anew when it finds none.
 */
public class HttpCall {

    /** Exchange property of type {@link HttpCall}, inside the route of a vendor API. */
    private static final String PROPERTY = "GtmHttpCall";

    /** Camel would look for a way to make the constant of the word, for each request. */
    private static final Map<String, Object> METHODS = Arrays.stream(HttpMethods.values())
            .collect(Collectors.toMap(Enum::name, Function.identity()));
    /** What Camel leaves on an exchange that a request went through. */
    private static final List<String> LEFT_BEHIND = List.of(PROPERTY, Exchange.SKIP_GZIP_ENCODING, Exchange.CHARSET_NAME,
            Exchange.EXCEPTION_CAUGHT, Exchange.FAILURE_ENDPOINT, Exchange.FAILURE_ROUTE_ID);

    private final ApiRequest request;
    private final String url;
    private volatile boolean left;
    private volatile Cancellable connection;
    private volatile Ended ended;
    private CallWatch watch;
    private HttpResponse response;
    private Throwable failure;
    private long begun;
    private Duration limit = Duration.ZERO;

    /** Why it was ended from outside. */
    enum Ended {
        /** Its time is up. */
        LATE,
        /** Nobody wants its answer any more. */
        UNWANTED
    }

    /** @param url absolute */
    public HttpCall(ApiRequest request, String url) {
        this.request = request;
        this.url = url;
    }

    /**
     * @return the call that this exchange is
     * @throws IllegalStateException if it is none
     */
    public static HttpCall of(Exchange exchange) {
        HttpCall call = find(exchange);
        if (call == null) {
            throw new IllegalStateException(
                    "the message must be an ApiRequest, and the step begin must come first");
        }
        return call;
    }

    /** @return the call that this exchange is; null if it is none */
    public static HttpCall find(Exchange exchange) {
        return exchange.getProperty(PROPERTY, HttpCall.class);
    }

    /** Makes the exchange this call: its message is the HTTP request, and nothing but. */
    public void begin(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        // HttpClient has unpacked the body by then; Camel would stumble over an empty one that says it is packed.
        exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, true);
        left = false;
        connection = null;
        response = null;
        failure = null;
        Message message = new DefaultMessage(exchange.getContext());
        request.headers().forEach((name, value) -> {
            // Of Camel's own headers some would lead the request to another URL.
            if (!name.regionMatches(true, 0, "Camel", 0, 5)) {
                message.setHeader(name, value);
            }
        });
        message.setHeader(Exchange.HTTP_METHOD, METHODS.getOrDefault(request.method(), request.method()));
        message.setHeader(Exchange.HTTP_URI, url);
        message.setBody(request.body());
        exchange.setMessage(message);
    }

    /** What is to be sent. */
    public ApiRequest request() {
        return request;
    }

    /** Where to: an absolute URL, percent-encoded. */
    public String url() {
        return url;
    }

    /**
     * The next thing is the request's first byte.
     *
     * @throws UncheckedIOException if that has to be noted, and cannot be; the request must not be sent
     */
    void leaves() {
        try {
            request.leaving().note();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save that the request is being sent: " + e.getMessage(), e);
        }
        left = true;
        left();
    }

    /** For those who count what leaves. */
    protected void left() {
    }

    /** Whether the request began to be sent. */
    public boolean hasLeft() {
        return left;
    }

    /** Its exchange begins: a connection is looked for. */
    void sends(Cancellable exchange, Duration usual, CallWatch watching) {
        begun = System.nanoTime();
        limit = request.deadline() == null ? usual : request.deadline();
        connection = exchange;
        ended = null;
        watch = watching;
        watch.watch(this);
    }

    /** An answer is there, as far as its body. */
    void arrived(HttpResponse head) {
        response = head;
    }

    /** The status of the answer; {@link ApiAnswer#NONE} as long as there is none. */
    public int status() {
        return response == null ? ApiAnswer.NONE : response.getCode();
    }

    /** The values of all headers of this name in the answer. */
    public List<String> answerHeaders(String name) {
        return response == null ? List.of() : Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
    }

    /** Ends it if its time is up, or nobody wants its answer any more. @return whether it is ended */
    boolean check(long now) {
        boolean late = now - begun > limit.toNanos();
        // What changes something at its destination has left: only its answer says what it has done.
        boolean unwanted = request.reader() != null && !request.running().getAsBoolean();
        if (ended == null && connection != null && (late || unwanted)) {
            ended = late ? Ended.LATE : Ended.UNWANTED;
            connection.cancel();
        }
        return ended != null;
    }

    /** Closes its connection: the rest of the answer is not waited for. */
    private void abort() {
        if (connection != null) {
            connection.cancel();
        }
    }

    /** It failed: there is no answer, or none that could be looked at. */
    public void failed(Throwable cause) {
        failure = cause;
    }

    /**
     * Takes in what came of the attempt: reads the body, and gives the connection back.
     *
     * @param exchange its message is the HTTP answer, unless it failed
     */
    public ApiAnswer end(Exchange exchange) {
        try {
            ApiAnswer.Builder answer = response == null ? none() : some(exchange);
            return answer.url(url).late(ended == Ended.LATE).build();
        } finally {
            unwatched();
        }
    }

    /** Nothing is to be ended any more. */
    void unwatched() {
        if (watch != null) {
            watch.forget(this);
        }
    }

    /** Leaves nothing of the call on the exchange but the answer, as the body of a message of its own. */
    public void leave(Exchange exchange, ApiAnswer answer) {
        LEFT_BEHIND.forEach(exchange::removeProperty);
        Message message = new DefaultMessage(exchange.getContext());
        message.setBody(answer);
        exchange.setMessage(message);
    }

    private ApiAnswer.Builder none() {
        if (failure == null) {
            return ApiAnswer.failed(new IllegalStateException("the route of the API sent nothing"));
        }
        // What fails behind the first byte is not impossible, whatever it is.
        Throwable cause = left && failure instanceof IllegalArgumentException
                ? new IOException(Exceptions.text(failure), failure) : failure;
        ApiAnswer.Builder none = ApiAnswer.failed(cause).maybeSent(left);
        if (ended == Ended.LATE) {
            none.problem("not within " + limit.toSeconds() + " s");
        }
        return left && isNoHttp(failure) ? none.unreadable() : none;
    }

    private static boolean isNoHttp(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof HttpException) {
                return true;
            }
        }
        return false;
    }

    private ApiAnswer.Builder some(Exchange exchange) {
        ResponseReader reader = new ResponseReader(response, this::abort, this::why);
        if (failure != null) {
            return reader.failed(failure);
        }
        InputStream body = exchange.getMessage().getBody() instanceof InputStream stream ? stream
                : InputStream.nullInputStream();
        return request.reader() == null || !request.reader().takes(response.getCode()) ? reader.keep(body)
                : reader.hand(body, request.reader());
    }

    private String why(Throwable cause) {
        return ended == Ended.LATE ? "it did not end within " + limit.toSeconds() + " s" : Exceptions.text(cause);
    }
}
