// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.util.IOHelper;

/**
 * What came back for one request: the message body that a vendor API returns, also where no answer came. Immutable. Whatever
 * is wrong with body or headers, the status has arrived and counts.
 */
public final class ApiAnswer {

    /** In the place of a status: no status line came. */
    public static final int NONE = 0;

    /** In the place of a status: the request could not even be made, and never can. */
    public static final int IMPOSSIBLE = -1;

    /** So much of a body is kept, in bytes. What is longer is cut; decisions then know no more than the status. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    /** So much of a body is shown to a person, or put beside a record, in bytes. */
    public static final int MOST_SHOWN_BYTES = 64 * 1024;

    /** How much of the body is here. */
    public enum Completeness {
        /** All of it. */
        COMPLETE,
        /** The first {@link #MOST_BYTES}. */
        CUT,
        /** What had come when the connection broke, or the time was up. */
        BROKEN_OFF
    }

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final byte[] EMPTY = {};

    private final int status;
    private final String url;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Completeness completeness;
    private final String problem;
    private final Throwable failure;
    private final boolean maybeSent;
    private final boolean unreadable;
    private final boolean late;
    private final String refusal;
    private final OutcomePolicy policy;
    private String text;
    private Optional<JsonNode> json;

    private ApiAnswer(Builder made) {
        this.status = made.status;
        this.url = made.url;
        this.headers = made.headers;
        this.body = made.body;
        this.completeness = made.completeness;
        this.problem = made.problem;
        this.failure = made.failure;
        this.maybeSent = made.maybeSent;
        this.unreadable = made.unreadable;
        this.late = made.late;
        this.refusal = made.refusal;
        this.policy = made.policy;
    }

    /** Begins an answer with a status. */
    public static Builder status(int status) {
        return new Builder(status);
    }

    /** @return what a vendor API has left on an exchange, as its message's body */
    public static ApiAnswer of(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof ApiAnswer answer ? answer : FirstEdition.answer(exchange, null);
    }

    /** Begins an answer that is none. */
    public static Builder failed(Throwable failure) {
        Builder none = new Builder(failure instanceof IllegalArgumentException ? IMPOSSIBLE : NONE);
        none.failure = failure;
        none.problem = Exceptions.text(failure);
        return none;
    }

    /** The HTTP status; {@link #NONE} or {@link #IMPOSSIBLE} where there is none. */
    public int status() {
        return status;
    }

    /** The absolute URL that the request went to, or would have gone to; null if it is not known. */
    public String url() {
        return url;
    }

    /** By name, whatever the case of its letters. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The first header of this name; null if there is none. */
    public String header(String name) {
        List<String> all = headers.get(name);
        return all == null || all.isEmpty() ? null : all.get(0);
    }

    /** As much of the body as is here; empty for none. To be read only. */
    public byte[] body() {
        return body;
    }

    /** How much of the body is here. */
    public Completeness completeness() {
        return completeness;
    }

    /** Whether an answer came, and all of it is here. */
    public boolean isComplete() {
        return status > 0 && completeness == Completeness.COMPLETE;
    }

    /** Why there is no answer, or not all of one, as part of a sentence and without secrets; empty if nothing is wrong. */
    public String problem() {
        return problem;
    }

    /** What the problem is made of; null if there is none. */
    public Throwable failure() {
        return failure;
    }

    /** Whether the request may have been carried out. */
    public boolean maybeSent() {
        return maybeSent;
    }

    /** Whether it was ended because its time was up. */
    public boolean isLate() {
        return late;
    }

    /** Whether an answer came that is no HTTP: it would come again. */
    public boolean isUnreadable() {
        return unreadable;
    }

    /** Why the credential is to blame, as one line for a person and without secrets; null if it is not. */
    public String refusal() {
        return refusal;
    }

    /** @return how long the destination asks to be left alone, see {@link RetryAfter}; null if it does not say */
    public Duration retryAfter() {
        return failure instanceof NotSentException none ? none.retryAfter() : RetryAfter.of(headers.get("Retry-After"));
    }

    /** What it means. @param onceOnly whether the request must not be carried out twice */
    public Outcome outcome(boolean onceOnly) {
        return policy.of(this, onceOnly);
    }

    /** What it means for a request that may be repeated. */
    public Outcome outcome() {
        return outcome(false);
    }

    /** What answers of this API mean. */
    public OutcomePolicy policy() {
        return policy;
    }

    /** The body as JSON; empty if it is cut, broken off, or no JSON. */
    public Optional<JsonNode> json() {
        if (json == null) {
            json = isComplete() ? parse(body) : Optional.empty();
        }
        return json;
    }

    private static Optional<JsonNode> parse(byte[] bytes) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The body as text, as far as a person would read it, and where it ends early, why; the problem where no answer came.
     */
    public String text() {
        if (status <= 0) {
            return problem;
        }
        if (text == null) {
            text = body.length > MOST_SHOWN_BYTES ? new String(body, 0, MOST_SHOWN_BYTES, charset()) + " … (cut)"
                    : new String(body, charset()) + switch (completeness) {
                        case COMPLETE -> "";
                        case CUT -> " … (cut)";
                        case BROKEN_OFF -> " … (broken off: " + problem + ")";
                    };
        }
        return text;
    }

    private Charset charset() {
        try {
            String contentType = header("Content-Type");
            String name = contentType == null ? null : IOHelper.getCharsetNameFromContentType(contentType);
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** One line for a person: the status, or why there is none. */
    public String summary() {
        return status == IMPOSSIBLE ? "not sent (" + problem + ")" : status > 0 ? "responded with " + status
                : unreadable ? "the response cannot be read (" + problem + ")" : "no response (" + problem + ")";
    }

    /** The same with what is secret taken out of body, headers and problem. */
    public ApiAnswer masked(UnaryOperator<String> mask) {
        Builder masked = change();
        String whole = new String(body, charset());
        String clean = mask.apply(whole);
        if (!clean.equals(whole)) {
            masked.body = clean.getBytes(charset());
        }
        masked.headers = Builder.byName();
        headers.forEach((name, values) -> masked.headers.put(name, values.stream().map(mask).toList()));
        masked.problem = mask.apply(problem);
        return masked.build();
    }

    /** The same, to be changed in part. */
    public Builder change() {
        Builder same = new Builder(status);
        same.url = url;
        same.headers = headers;
        same.body = body;
        same.completeness = completeness;
        same.problem = problem;
        same.failure = failure;
        same.maybeSent = maybeSent;
        same.unreadable = unreadable;
        same.late = late;
        same.refusal = refusal;
        same.policy = policy;
        return same;
    }

    /** Without headers and body. */
    @Override
    public String toString() {
        return summary();
    }

    /** An answer in the making. */
    public static final class Builder {

        /** A response with a hundred thousand lines of one name must not cost more than reading them. */
        private static final int MOST_OF_A_NAME = 100;

        private final int status;
        private String url;
        private Map<String, List<String>> headers = Map.of();
        private byte[] body = EMPTY;
        private Completeness completeness = Completeness.COMPLETE;
        private String problem = "";
        private Throwable failure;
        private boolean maybeSent;
        private boolean unreadable;
        private boolean late;
        private String refusal;
        private OutcomePolicy policy = OutcomePolicy.USUAL;

        private Builder(int status) {
            this.status = status;
            this.maybeSent = status > 0;
        }

        private static Map<String, List<String>> byName() {
            return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        }

        /** The absolute URL of the request. */
        public Builder url(String absolute) {
            url = absolute;
            return this;
        }

        /** One more header. Of one name, the first {@value #MOST_OF_A_NAME} count. */
        public Builder header(String name, String value) {
            if (headers.isEmpty()) {
                headers = byName();
            }
            headers.merge(name, List.of(value), (some, more) -> some.size() >= MOST_OF_A_NAME ? some
                    : Stream.concat(some.stream(), more.stream()).toList());
            return this;
        }

        /** All of the body. */
        public Builder body(byte[] bytes) {
            return body(bytes, Completeness.COMPLETE, "");
        }

        /** @param why the body is not complete; empty if it is */
        public Builder body(byte[] bytes, Completeness part, String why) {
            body = bytes;
            completeness = part;
            problem = why;
            return this;
        }

        /** Whether the request may have been carried out. */
        public Builder maybeSent(boolean maybe) {
            maybeSent = maybe;
            return this;
        }

        /** An answer came, and is no HTTP. */
        public Builder unreadable() {
            unreadable = true;
            return this;
        }

        /** Whether it was ended because its time was up. */
        public Builder late(boolean isLate) {
            late = isLate;
            return this;
        }

        /** Why there is no answer, where the failure itself says it badly. */
        public Builder problem(String why) {
            problem = why;
            return this;
        }

        /** Why the credential is to blame; null if it is not. */
        public Builder refusal(String why) {
            refusal = why;
            return this;
        }

        /** What answers of this API mean. */
        public Builder policy(OutcomePolicy table) {
            policy = table;
            return this;
        }

        /** The answer. */
        public ApiAnswer build() {
            return new ApiAnswer(this);
        }
    }
}
