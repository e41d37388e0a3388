// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;

import dev.gtmroutes.thread.VitalTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadySchedulerTest {

    private static final String NAME = "inbox of ";

    @TempDir
    Path data;

    private static boolean isDead() {
        return VitalTask.dead().stream().anyMatch(each -> each.startsWith(NAME));
    }

    @Test
    void healthNamesAnInboxThatNobodyLooksInto() throws Exception {
        try (InboxRun run = new InboxRun(data, exchange -> {
        }).start()) {
            run.drop("a.ndjson", "{}\n");
            await().until(() -> run.isDone("a.ndjson"));
            assertThat(isDead()).isFalse();

            run.scheduler().getScheduledExecutorService().shutdownNow();
            await().until(SteadySchedulerTest::isDead);
        }
        assertThat(isDead()).as("after the flow was stopped").isFalse();
    }
}
