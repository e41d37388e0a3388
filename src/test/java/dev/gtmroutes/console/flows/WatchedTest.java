// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class WatchedTest {

    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean fails;
    private final Watched<Integer> watched = new Watched<>("watched-test", () -> {
        if (fails) {
            throw new IOException("gone");
        }
        return looks.incrementAndGet();
    });

    @Test
    void whoAsksAgainIsToldWhatIsKnown() throws IOException {
        assertThat(watched.get()).isEqualTo(1);
        assertThat(watched.get()).isEqualTo(1);
        watched.changed();
        assertThat(watched.get()).isEqualTo(2);
    }

    @Test
    void itIsLookedUpAgainThoughNobodyWaitsForIt() throws IOException {
        watched.get();
        await().untilAsserted(() -> assertThat(looks.get()).isGreaterThan(1));
        assertThat(watched.get()).isEqualTo(looks.get());
    }

    @Test
    void thatItFailedIsToldToTheNextWhoAsks() throws IOException {
        watched.get();
        fails = true;
        await().untilAsserted(() -> assertThatThrownBy(watched::get).isInstanceOf(IOException.class).hasMessage("gone"));
        fails = false;
        assertThat(watched.get()).isGreaterThan(1);
    }
}
