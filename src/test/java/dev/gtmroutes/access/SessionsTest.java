// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

/** How long somebody is logged in, and how long who guesses has to wait. */
class SessionsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T08:00:00Z"));

    private void pass(Duration time) {
        now.updateAndGet(each -> each.plus(time));
    }

    @Test
    void aSessionEndsWithItsLifeOrBefore() {
        Sessions sessions = new Sessions(now::get);
        String viewer = sessions.begin(Role.VIEWER);
        String operator = sessions.begin(Role.OPERATOR);
        assertThat(viewer).hasSize(32).isNotEqualTo(operator);
        assertThat(sessions.role(viewer)).contains(Role.VIEWER);
        assertThat(sessions.role("operator")).isEmpty();

        sessions.end(operator);
        assertThat(sessions.role(operator)).isEmpty();
        pass(Sessions.LIFE.minusSeconds(1));
        assertThat(sessions.role(viewer)).contains(Role.VIEWER);
        pass(Duration.ofSeconds(1));
        assertThat(sessions.role(viewer)).isEmpty();
    }

    @Test
    void fiveFailuresMakeAnAddressWaitAndOneSuccessForgetsThem() {
        LoginThrottle attempts = new LoginThrottle(now::get);
        for (int i = 0; i < 4; i++) {
            attempts.failed("10.0.0.1");
        }
        assertThat(attempts.wait("10.0.0.1")).isZero();
        attempts.failed("10.0.0.1");
        assertThat(attempts.wait("10.0.0.1")).isEqualTo(Duration.ofMinutes(1));
        assertThat(attempts.wait("10.0.0.2")).isZero();

        pass(Duration.ofSeconds(61));
        assertThat(attempts.wait("10.0.0.1")).isZero();
        attempts.succeeded("10.0.0.1");
        attempts.failed("10.0.0.1");
        assertThat(attempts.wait("10.0.0.1")).isZero();
    }
}
