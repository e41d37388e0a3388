// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.reason;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gtmroutes.delivery.outcome.DeadLetterState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterReasonTest {

    private static LetterReason unsent(String reason) {
        return LetterReason.of(DeadLetterState.REJECTED, reason, 0, "", "acme-push-sink");
    }

    private static LetterReason answered(String reason, int status, String answer) {
        return LetterReason.of(DeadLetterState.REJECTED, reason, status, answer, "acme-push-sink");
    }

    private static LetterReason held(String reason, int status, String answer) {
        return LetterReason.of(DeadLetterState.HELD, reason, status, answer, "acme-push-sink");
    }

    /** Reasons as this program writes them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "not valid JSON: unexpected character 'x' at 12 | not valid JSON: it ends too early | not valid JSON",
            "it is not valid JSON (line 3) | it is not valid JSON (line 118) | it is not valid JSON (line …)",
            "the attribute email, which the body requires, is missing"
                    + " | the attribute email, which the body requires, is missing"
                    + " | the attribute email, which the body requires, is missing",
            "the record is larger than 5242880 bytes | the record is larger than 100 bytes"
                    + " | the record is larger than … bytes",
            "duration: '2h 30m' is not a number such as 12 or 1.5 | duration: 'x' is not a number such as 12 or 1.5"
                    + " | duration: … is not a number such as … or …",
            "the record was never in bulk job 4711 (person/upsert); replay it"
                    + " | the record was never in bulk job b-17 (person/upsert); replay it"
                    + " | the record was never in bulk job … (person/upsert); replay it",
            "not sent (no route to 10.0.0.1:443) | not sent (no route to 10.0.0.2:443) | not sent (no route to …)",
            "no response (connect to https://api.a.example/v1 timed out)"
                    + " | no response (connect to https://b.example/ timed out) | no response (connect to … timed out)",
            "The content is not UTF-8 text: byte 0xff at 9 | The content is not UTF-8 text: byte 0xfe at 1207"
                    + " | The content is not UTF-8 text: byte … at …"})
    void reasonsOfTheProgramDoNotDifferInValues(String one, String other, String pattern) {
        assertThat(unsent(one).text()).isEqualTo(pattern);
        assertThat(unsent(one).key()).isEqualTo(unsent(other).key()).matches("[0-9a-f]{16}");
        assertThat(unsent(one).template()).isEmpty();
    }

    /** What vendors say of two records. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{\"error\":\"invalid_record\",\"message\":\"participants must not be empty\"}"
                    + " | {\"index\":57,\"message\":\"participants must not be empty\"} | participants must not be empty",
            "{\"errors\":{\"person_id\":[\"is already an active member of this cadence\"]}}"
                    + " | {\"errors\":{\"person_id\":[\"is already an active member of this cadence\"],\"x\":[\"y\"]}}"
                    + " | person_id is already an active member of this cadence",
            "{\"error\":{\"code\":422,\"message\":\"Person 88124 not found\"}}"
                    + " | {\"error\":{\"code\":422,\"message\":\"Person 88131 not found\"}} | Person … not found",
            "{\"message\":\"\\\"email\\\" must be a valid email\"} | {\"message\":\"\\\"email\\\" must be a valid email\"}"
                    + " | \"email\" must be a valid email",
            "{\"detail\":\"User a@b.example doesn't exist\"} | {\"detail\":\"User c.d@e.example doesn't exist\"}"
                    + " | User … doesn't exist",
            "{\"title\":\"Bad Request\",\"detail\":\"No such id 6ba7b810-9dad-11d1-80b4-00c04fd430c8\"}"
                    + " | {\"title\":\"Bad Request\",\"detail\":\"No such id 00000000-9dad-11d1-80b4-00c04fd430c8\"}"
                    + " | No such id …",
            "[{\"message\":\"Expected 2026-01-31T10:00:00Z\"}] | [{\"message\":\"Expected 2025-02-01T10:00:00.123+02:00\"}]"
                    + " | Expected …",
            "<html><head><title>404 Not Found</title></head></html> | <html><title>404 Not Found</title> x | … Not Found",
            "Invalid token | Invalid token | Invalid token",
            "{\"data\":{\"name\":\"Smith\"}} | {\"ok\":false} | ~responded with …~"})
    void answersOfVendorsDoNotDifferInValues(String one, String other, String pattern) {
        if (pattern.startsWith("responded")) {
            assertThat(answered("responded with 422", 422, other).text()).isEqualTo(pattern);
            return;
        }
        assertThat(answered("responded with 422", 422, one).text()).isEqualTo(pattern);
        assertThat(answered("responded with 422 after 3 attempts", 422, other).key())
                .isEqualTo(answered("responded with 422", 422, one).key());
    }

    @Test
    void theMessageOfTheVerySentenceIsTakenFirst() {
        assertThat(answered("responded with 400 for this record: participants must not be empty", 400,
                "{\"message\":\"another\"}").text()).isEqualTo("participants must not be empty");
        assertThat(answered("responded with 200 and the error: [{\"message\":\"no access to person 7\"}]", 200, "").text())
                .isEqualTo("no access to person …");
        assertThat(
                answered("responded with 200 and the failed record: {\"id\":\"x\",\"error\":\"is locked\"}", 200, "").text())
                .isEqualTo("is locked");
    }

    @Test
    void whereItWasDecidedMakesAnotherGroup() {
        LetterReason rejected = answered("responded with 422", 422, "{\"message\":\"no\"}");
        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.template()).isEqualTo("acme-push-sink");
        assertThat(answered("responded with 400", 400, "{\"message\":\"no\"}").key()).isNotEqualTo(rejected.key());
        assertThat(held("responded with 422; the API may have processed the record", 422, "{\"message\":\"no\"}").key())
                .isNotEqualTo(rejected.key());
        assertThat(unsent("no").key()).isNotEqualTo(rejected.key());
        assertThat(
                LetterReason.of(DeadLetterState.REJECTED, "responded with 422", 422, "{\"message\":\"no\"}", "other").key())
                .isNotEqualTo(rejected.key());
        assertThat(unsent("same").key())
                .isEqualTo(LetterReason.of(DeadLetterState.REJECTED, "same", 0, "", "other").key());
    }

    @Test
    void heldRecordsSayWhyWithoutTheirAttempts() {
        assertThat(
                held("no response (connection reset) after 2 attempts; the API may have processed the record", 0, "").text())
                .isEqualTo("no response (connection reset)");
        assertThat(held("the program ended while this record was being sent; the API may have processed the record", 0, "")
                .text()).isEqualTo("the program ended while this record was being sent");
        assertThat(
                held("responded with 207, which reports each record separately: set Item Results, so that the program reads "
                        + "these reports; the API may have processed the record", 207, "{}").text())
                .startsWith("reports each record separately");
        assertThat(
                held("responded with 207 without a result for this record; the API may have processed the record", 207, "{}")
                        .text())
                .isEqualTo("without a result for this record");
    }

    @Test
    void namesOfAttributesStayAndApostrophesQuoteNothing() {
        assertThat(unsent("the attribute 'email' is missing").text()).isEqualTo("the attribute 'email' is missing");
        assertThat(unsent("field \"user.id\" is missing").text()).isEqualTo("field \"user.id\" is missing");
        assertThat(unsent("can't be blank and doesn't end").text()).isEqualTo("can't be blank and doesn't end");
        assertThat(unsent("must be one of 'a', 'b', 'c'").text()).isEqualTo("must be one of …");
    }

    @Test
    void longAndStrangeTextsEndSoonAndHaveAGroup() {
        String nested = "[".repeat(3000) + "]".repeat(3000);
        assertThat(answered("responded with 400", 400, nested).text()).isEqualTo("responded with …");
        assertThat(unsent("x'".repeat(100_000)).text()).hasSizeLessThan(320);
        assertThat(unsent("a.".repeat(100_000)).text()).hasSizeLessThan(320);
        assertThat(unsent("1-".repeat(100_000)).text()).hasSizeLessThan(320);
        assertThat(unsent("").text()).isEmpty();
        assertThat(answered("responded with 400", 400, "{\"message\":\"cut off here\", \"more\": \"").text())
                .isEqualTo("cut off here");
    }

    @Test
    void theKeyIsTheSameAfterARestart() {
        assertThat(unsent("not valid JSON").key()).isEqualTo("422f1755b78b2906");
    }
}
