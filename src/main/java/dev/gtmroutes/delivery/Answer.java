package dev.gtmroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What came back for one attempt.
 *
 * @param status     HTTP status, 0 when no answer came
 * @param body       the answer's body as text, or what went wrong when no answer came
 * @param retryAfter how long the destination asks to be left alone, null if it does not say
 */
record Answer(int status, String body, Duration retryAfter) {

    /** What an answer means for the records of its request. */
    enum Meaning {
        /** The destination took the records. */
        DELIVERED,
        /** The destination refuses these records; sending them again would change nothing. */
        REJECTED,
        /** Not now. The same request may well be taken later. */
        PASSING
    }

    /** In the place of a status: the request could not even be made, and never can. */
    private static final int REFUSED = -1;

    /** @return what the exchange holds after the request: an answer, or the exception that took its place */
    static Answer of(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure != null) {
            return new Answer(failure instanceof IllegalArgumentException ? REFUSED : 0,
                    failure.getClass().getSimpleName() + ": " + failure.getMessage(), null);
        }
        Message message = exchange.getMessage();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String body = message.getBody(String.class);
        return new Answer(status == null ? 0 : status, body == null ? "" : body,
                retryAfter(message.getHeader("Retry-After", String.class)));
    }

    Meaning meaning() {
        if (status >= 200 && status < 300) {
            return Meaning.DELIVERED;
        }
        return switch (status) {
            case 0, 408, 425, 429 -> Meaning.PASSING;
            case 501 -> Meaning.REJECTED;
            default -> status >= 500 ? Meaning.PASSING : Meaning.REJECTED;
        };
    }

    /** One line for a person: the status, or the failure. */
    String summary() {
        return status == REFUSED ? "not sent (" + body + ")"
                : status == 0 ? "no answer (" + body + ")" : "answered " + status;
    }

    /** Seconds or an HTTP date, RFC 9110 section 10.2.3. Anything else counts as not said. */
    private static Duration retryAfter(String value) {
        if (value == null) {
            return null;
        }
        try {
            Duration wait = value.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(Instant.now(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }
}
