// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

    private final Presence presence = new Presence();

    private List<String> others(String flow, String window, int second) {
        return presence.isOpen(flow, window, "operator", START.plusSeconds(second)).stream()
                .map(each -> each.account() + " " + each.since().minusMillis(START.toEpochMilli()).getEpochSecond())
                .toList();
    }

    @Test
    void windowsAreToldOfEachOtherWhileTheyAreOpen() {
        assertThat(others("calls", "one", 0)).isEmpty();
        assertThat(others("calls", "two", 8)).containsExactly("operator 0");
        assertThat(others("emails", "three", 9)).isEmpty();
        assertThat(others("calls", "one", 10)).containsExactly("operator 8");
        assertThat(others("calls", "two", 18)).containsExactly("operator 0");
        presence.isClosed("two", "another");
        assertThat(others("calls", "one", 20)).containsExactly("operator 8");
        presence.isClosed("two", "operator");
        assertThat(others("calls", "one", 21)).isEmpty();
    }

    @Test
    void oneThatIsNotHeardOfIsGone() {
        others("calls", "one", 0);
        assertThat(others("calls", "two", 26)).isEmpty();
    }

    @Test
    void thereIsABound() {
        for (int i = 0; i < 3000; i++) {
            others("calls", "window " + i, 0);
        }
        assertThat(others("calls", "another", 1)).hasSize(1000);
    }
}
