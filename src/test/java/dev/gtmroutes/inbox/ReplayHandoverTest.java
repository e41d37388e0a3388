// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.FileFingerprint;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayHandoverTest {

    private static final InputProgress.DestinationKey ONLY = new InputProgress.DestinationKey("calls:2-delivery",
            "push-call");
    private static final String NAME = "replay-1.ndjson";

    @TempDir
    Path data;

    private void hand() throws Exception {
        ReplayHandover handover = new ReplayHandover(data, new Disk());
        Path spool = Files.createDirectories(handover.preparations(InboxRun.FLOW)).resolve(NAME);
        handover.hand(Files.writeString(spool, "{\"n\":1}\n"), InboxRun.FLOW, ONLY);
        assertThat(spool).doesNotExist();
    }

    @Test
    void aFileIsTakenForItsDestinationOnly() throws Exception {
        List<InputProgress.DestinationKey> seen = new CopyOnWriteArrayList<>();
        try (InboxRun run = new InboxRun(data, exchange -> seen
                .add(exchange.getProperty(InputProgress.PROPERTY, InputProgress.class).only()))) {
            hand();
            run.start();
            await().until(() -> !seen.isEmpty());
            assertThat(seen).containsExactly(ONLY);
        }
    }

    @Test
    void aResponseGoesToItsOutbox() throws Exception {
        ReplayHandover handover = new ReplayHandover(data, new Disk());
        assertThat(handover.hasInbox("calls.1-responses")).isFalse();
        Path outbox = Files.createDirectories(data.resolve("responses/calls.1"));
        Path spool = Files.writeString(Files.createDirectories(data.resolve("spool")).resolve(NAME), "{\"n\":1}\n");

        assertThat(handover.hasInbox("calls.1-responses")).isTrue();
        handover.hand(spool, "calls.1-responses",
                new InputProgress.DestinationKey("calls.1-responses:delivery", "response-webhook"));

        assertThat(outbox.resolve(NAME)).hasContent("{\"n\":1}\n");
    }

    @Test
    void aFileWhoseDestinationIsGoneStaysAndSaysSo() throws Exception {
        try (InboxRun run = new InboxRun(data, exchange -> {})) {
            hand();
            run.start();
            await().until(() -> !run.warnings("no longer has").isEmpty());

            assertThat(run.warnings("no longer has").get(0))
                    .contains("its records are for the destination calls:2-delivery (push-call)");
            assertThat(run.inbox().resolve(NAME)).hasContent("{\"n\":1}\n");
            assertThat(run.isDone(NAME)).isFalse();
        }
    }

    @Test
    void progressThatIsNotedLaterKeepsTheDestination() throws Exception {
        Path file = Files.writeString(data.resolve(NAME), "{\"n\":1}\n{\"n\":2}\n");
        ProgressJournal.begin(file, FileFingerprint.of(file), ONLY, new Disk());
        BitSet first = new BitSet();
        first.set(0);
        ProgressJournal.open(file, FileFingerprint.of(file), new Disk()).note(ProgressLog.Note.SETTLED, ONLY,
                Ranges.of(first));

        InputProgress read = ProgressJournal.open(file, FileFingerprint.of(file), new Disk()).settled();
        assertThat(read.only()).isEqualTo(ONLY);
        assertThat(read.all().get(ONLY).settled()).isEqualTo(first);
        assertThat(read.isMissed()).isTrue();
    }
}
