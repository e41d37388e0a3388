// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomePolicyTest {

    private static ApiAnswer answer(int status, String body) {
        return ApiAnswer.status(status).body(body.getBytes(StandardCharsets.UTF_8)).build();
    }

    @ParameterizedTest
    @CsvSource({"200, DELIVERED, DELIVERED", "204, DELIVERED, DELIVERED", "301, REFUSED, REFUSED", "304, REFUSED, REFUSED",
            "400, REJECTED, REJECTED", "401, CREDENTIAL, CREDENTIAL", "403, REFUSED, REFUSED", "404, REJECTED, REJECTED",
            "408, RETRY, RETRY", "409, REJECTED, REJECTED", "413, REJECTED, REJECTED", "422, REJECTED, REJECTED",
            "425, RETRY, RETRY", "429, RETRY, RETRY", "500, RETRY, UNKNOWN", "501, REFUSED, REFUSED", "502, RETRY, UNKNOWN",
            "503, RETRY, RETRY", "504, RETRY, UNKNOWN", "599, RETRY, UNKNOWN", "999, RETRY, UNKNOWN",
            "100, REFUSED, REFUSED"})
    void theTable(int status, Outcome usual, Outcome onceOnly) {
        assertThat(answer(status, "{}").outcome(false)).isEqualTo(usual);
        assertThat(answer(status, "{}").outcome(true)).isEqualTo(onceOnly);
    }

    @Test
    void noAnswerIsUnknownOnlyWhereItWasSentAndMustNotHappenTwice() {
        ApiAnswer sent = ApiAnswer.failed(new IOException("broken")).maybeSent(true).build();
        ApiAnswer unsent = ApiAnswer.failed(new IOException("broken")).build();
        ApiAnswer impossible = ApiAnswer.failed(new IllegalArgumentException("bad URL")).build();

        assertThat(sent.outcome(true)).isEqualTo(Outcome.UNKNOWN);
        assertThat(sent.outcome(false)).isEqualTo(Outcome.RETRY);
        assertThat(unsent.outcome(true)).isEqualTo(Outcome.RETRY);
        assertThat(impossible.outcome(true)).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void overridesAreTriedInTheirOrderAndBeforeTheTable() {
        OutcomePolicy policy = OutcomePolicy.parse("409:/code=delivered, 409=retry,5xx = rejected ,200:/error=credential");

        assertThat(policy.of(answer(409, "{\"code\":1}"), true)).isEqualTo(Outcome.DELIVERED);
        assertThat(policy.of(answer(409, "{}"), true)).isEqualTo(Outcome.RETRY);
        assertThat(policy.of(answer(409, "<"), true)).isEqualTo(Outcome.RETRY);
        assertThat(policy.of(answer(503, ""), true)).isEqualTo(Outcome.REJECTED);
        assertThat(policy.of(answer(200, "{\"error\":0}"), true)).isEqualTo(Outcome.CREDENTIAL);
        assertThat(policy.of(answer(422, ""), true)).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void anOverrideSendsNothingAgainThatMustNotHappenTwice() {
        OutcomePolicy policy = OutcomePolicy.parse("502=retry, 409=retry");

        assertThat(policy.of(answer(502, ""), true)).isEqualTo(Outcome.UNKNOWN);
        assertThat(policy.of(answer(502, ""), false)).isEqualTo(Outcome.RETRY);
        assertThat(policy.of(answer(409, ""), true)).isEqualTo(Outcome.RETRY);
    }

    @Test
    void anEntryOverridesTheAnswersThatItMatchesAndNoOthers() {
        OutcomePolicy policy = OutcomePolicy.parse("207:/ok=delivered");

        assertThat(policy.overrides(answer(207, "{\"ok\":true}"))).isTrue();
        assertThat(policy.overrides(answer(207, "{}"))).isFalse();
        assertThat(policy.overrides(answer(200, "{\"ok\":true}"))).isFalse();
        assertThat(OutcomePolicy.USUAL.overrides(answer(207, "{}"))).isFalse();
    }

    @Test
    void aBodyThatCannotBeReadIsNoSuccessWhereAnEntryNeedsIt() {
        OutcomePolicy policy = OutcomePolicy.parse("200:/error=rejected, 200=delivered, 201:/error=credential");
        ApiAnswer cut = ApiAnswer.status(200).body("{}".getBytes(), ApiAnswer.Completeness.CUT, "too long").build();
        ApiAnswer broken = ApiAnswer.status(201).body(new byte[0], ApiAnswer.Completeness.BROKEN_OFF, "the end").build();

        assertThat(policy.of(cut, false)).isEqualTo(Outcome.UNKNOWN);
        assertThat(policy.of(broken, true)).isEqualTo(Outcome.UNKNOWN);
        assertThat(policy.of(answer(200, "<html>"), true)).isEqualTo(Outcome.UNKNOWN);
        assertThat(policy.of(answer(201, "<html>"), false)).isEqualTo(Outcome.UNKNOWN);
        assertThat(policy.of(answer(200, "{}"), true)).isEqualTo(Outcome.DELIVERED);
        assertThat(policy.of(answer(201, ""), true)).isEqualTo(Outcome.DELIVERED);
        assertThat(policy.of(answer(202, "<html>"), true)).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aSuccessThatIsOneWhateverTheBodyHoldsNeedsNoBody() {
        OutcomePolicy policy = OutcomePolicy.parse("200=delivered, 200:/error=rejected, 201:/id=delivered");

        assertThat(policy.of(answer(200, "<html>"), true)).isEqualTo(Outcome.DELIVERED);
        assertThat(policy.of(answer(201, "<html>"), true)).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void allPointersOfAnOverrideHaveToBeThere() {
        OutcomePolicy policy = OutcomePolicy.parse("500:/error/message:/error/code=credential");

        assertThat(policy.of(answer(500, "{\"error\":{\"message\":\"m\",\"code\":1}}"), false))
                .isEqualTo(Outcome.CREDENTIAL);
        assertThat(policy.of(answer(500, "{\"error\":{\"message\":\"m\"}}"), false)).isEqualTo(Outcome.RETRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"403", "=retry", "4x3=retry", "403=perhaps", "600=retry", "403:error=retry", "403 retry"})
    void whatIsNoOverrideIsRefusedWithAnExample(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OutcomePolicy.parse(text))
                .satisfies(refused -> assertThat(refused.getMessage()).isNotBlank().doesNotContain("Exception"));
    }

    @Test
    void aSuccessThatSaysNoIsNone() {
        OutcomePolicy policy = OutcomePolicy.USUAL.failingWhen(OutcomePolicy.pointer("/errors"));

        assertThat(policy.of(answer(200, "{\"errors\":[\"x\"]}"), false)).isEqualTo(Outcome.REFUSED);
        assertThat(policy.failureIn(answer(200, "{\"errors\":[\"x\"]}"))).isEqualTo("[\"x\"]");
        assertThat(policy.failureIn(answer(200, "{\"errors\":\"" + "long ".repeat(100_000) + "\"}")))
                .as("it goes into each dead letter and into logs").hasSizeLessThan(400).endsWith(" … (cut)");
        assertThat(policy.of(answer(200, "{\"errors\":null}"), false)).isEqualTo(Outcome.DELIVERED);
        assertThat(policy.of(answer(200, ""), false)).isEqualTo(Outcome.DELIVERED);
        assertThat(policy.of(answer(200, "{\"errors"), false)).isEqualTo(Outcome.UNKNOWN);
        ApiAnswer cut = ApiAnswer.status(200).body("{}".getBytes(), ApiAnswer.Completeness.CUT, "too long").build();
        assertThat(policy.of(cut, true)).isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "0", "0.0", "\"\"", "\" \"", "[]", "{}"})
    void anErrorThatIsEmptyIsNone(String empty) {
        OutcomePolicy policy = OutcomePolicy.USUAL.failingWhen(OutcomePolicy.pointer("/errors"));
        ApiAnswer answer = answer(200, "{\"errors\":" + empty + "}");

        assertThat(policy.of(answer, false)).isEqualTo(Outcome.DELIVERED);
        assertThat(policy.failureIn(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "7", "-0.1", "\"0\"", "\"false\"", "[null]", "[0]", "{\"code\":null}"})
    void anErrorThatIsNotEmptyIsOne(String error) {
        OutcomePolicy policy = OutcomePolicy.USUAL.failingWhen(OutcomePolicy.pointer("/errors"));

        assertThat(policy.of(answer(200, "{\"errors\":" + error + "}"), false)).isEqualTo(Outcome.REFUSED);
    }
}
