package dev.gtmroutes.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** How long a destination asks to be left alone: the header Retry-After, RFC 9110 section 10.2.3. */
public final class RetryAfter {

    private RetryAfter() {
    }

    /**
     * @param  value seconds or an HTTP date, may be null
     * @return       the time from now, never negative; null if the value says nothing
     */
    public static Duration of(String value) {
        if (value == null) {
            return null;
        }
        try {
            Duration wait = value.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(Instant.now(),
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }
}
