// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

/** How long a log-in lasts. */
class SessionsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T08:00:00Z"));

    private final AtomicReference<byte[]> valid = new AtomicReference<>(new byte[] {1});

    private void pass(Duration time) {
        now.updateAndGet(each -> each.plus(time));
    }

    @Test
    void aSessionEndsWithItsLifeOrBefore() {
        Sessions sessions = new Sessions((role, password) -> Arrays.equals(password, valid.get()), now::get);
        String viewer = sessions.begin(Role.VIEWER, new byte[] {1});
        String operator = sessions.begin(Role.OPERATOR, new byte[] {1});
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
    void aNewPasswordEndsTheSessionsOfTheOneBefore() {
        Sessions sessions = new Sessions((role, password) -> Arrays.equals(password, valid.get()), now::get);
        String before = sessions.begin(Role.OPERATOR, new byte[] {1});
        valid.set(new byte[] {2});
        String after = sessions.begin(Role.OPERATOR, new byte[] {2});
        assertThat(sessions.role(before)).isEmpty();
        assertThat(sessions.role(after)).contains(Role.OPERATOR);
    }
}
