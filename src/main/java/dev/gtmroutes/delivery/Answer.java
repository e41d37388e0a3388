package dev.gtmroutes.delivery;

import java.time.Duration;

import dev.gtmroutes.api.RetryAfter;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What came back for one attempt.
 *
 * @param status     HTTP status; 0 when no answer came, {@link #IMPOSSIBLE} when the request could not be made
 * @param body       the answer's body as text, or what went wrong when no answer came
 * @param retryAfter how long the destination asks to be left alone, null if it does not say
 * @param refusal    why the credential is to blame, as one line for a person; null if it is not
 * @param sent       whether the destination may have got the request
 */
record Answer(int status, String body, Duration retryAfter, String refusal, boolean sent) {

    /** What an answer means for the records of its request. */
    enum Meaning {
        /** The destination took the records. */
        DELIVERED,
        /** The destination refuses a record; in a batch perhaps not each of them. */
        FAULTY,
        /** The destination refuses the request, whatever records are in it. */
        HOPELESS,
        /** The destination would not know who is asking. */
        CREDENTIAL,
        /** Not now. The same request may well be taken later. */
        PASSING,
        /** The request may or may not have been carried out. */
        UNKNOWN
    }

    /** In the place of a status: the request could not even be made, and never can. */
    static final int IMPOSSIBLE = -1;

    private static final int NO_ANSWER = 0;

    /** @return what the exchange holds after the request: an answer, or the exception that took its place */
    static Answer of(Exchange exchange) {
        String refusal = exchange.getProperty(RequestSender.CREDENTIAL_REFUSED, String.class);
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure != null) {
            boolean impossible = failure instanceof IllegalArgumentException;
            return new Answer(impossible ? IMPOSSIBLE : NO_ANSWER,
                    failure.getClass().getSimpleName() + ": " + failure.getMessage(), null, refusal,
                    !impossible && exchange.getProperty(RequestSender.MAYBE_SENT, true, boolean.class));
        }
        Message message = exchange.getMessage();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String body = message.getBody(String.class);
        return new Answer(status == null ? NO_ANSWER : status, body == null ? "" : body,
                RetryAfter.of(message.getHeader("Retry-After", String.class)), refusal, true);
    }

    /**
     * @param onceOnly whether the request must not be carried out twice. A gateway that gave up, and a server that broke
     *                 down over a request, may have carried it out
     */
    Meaning meaning(boolean onceOnly) {
        if (refusal != null || status == 401) {
            return Meaning.CREDENTIAL;
        }
        return status == NO_ANSWER && !sent ? Meaning.PASSING : meaning(status, onceOnly);
    }

    /** Whether an answer of this status says that the destination took the request. */
    static boolean isWell(int status) {
        return status >= 200 && status < 300;
    }

    /** What a status means by itself, be it of an answer or of one record in it. */
    static Meaning meaning(int status, boolean onceOnly) {
        if (onceOnly && (status == NO_ANSWER || status >= 500 && status != 501 && status != 503)) {
            return Meaning.UNKNOWN;
        }
        if (isWell(status)) {
            return Meaning.DELIVERED;
        }
        return switch (status) {
            case NO_ANSWER, 408, 425, 429 -> Meaning.PASSING;
            case 501 -> Meaning.HOPELESS;
            default -> status >= 500 ? Meaning.PASSING : status >= 400 ? Meaning.FAULTY : Meaning.HOPELESS;
        };
    }

    /** One line for a person: the status, or the failure. */
    String summary() {
        return status == IMPOSSIBLE ? "not sent (" + body + ")"
                : status == NO_ANSWER ? "no answer (" + body + ")" : "answered " + status;
    }
}
