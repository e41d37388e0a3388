// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static dev.gtmroutes.inbox.arrival.BodyFormat.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.SmallDisk;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeRefused;
import dev.gtmroutes.inbox.arrival.IntakeRefused.Reason;
import dev.gtmroutes.inbox.arrival.IntakeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the sender or the disk fails in the middle. */
class IntakeFailureTest extends IntakeFixture {

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a", "a/b", "a\\b", ".a", "-a", "_a", "a b", "a\n", "ä", "a\0"})
    void aFlowThatIsNoNameIsRefused(String flow) throws Exception {
        open(NEVER, NEVER);
        assertThat(catchThrowableOfType(IntakeRefused.class, () -> intake.take(flow, JSON, stream("{}"))).reason())
                .isEqualTo(Reason.BAD_FLOW);
    }

    @Test
    void tooLargeIsRefusedWithoutATrace() throws Exception {
        intake = new Intake(inbox, new IntakeSettings(50_000, NEVER, NEVER), disk);
        assertThat(refusal("x".repeat(50_001))).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal("x".repeat(500_000))).isEqualTo(Reason.TOO_LARGE);
        assertThat(take("x".repeat(50_000))).isEqualTo(50_000);
        intake.close();
        assertThat(visible()).hasSize(1);
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aSenderThatGoesAwayLeavesNothing() throws Exception {
        open(NEVER, NEVER);
        InputStream gone = new InputStream() {
            private int left = 200_000;

            @Override
            public int read() throws IOException {
                if (--left < 0) {
                    throw new IOException("Connection reset");
                }
                return 'x';
            }
        };
        assertThat(catchThrowableOfType(IntakeRefused.class, () -> intake.take("calls", JSON, gone)).reason())
                .isEqualTo(Reason.UNREADABLE);
        assertThat(hidden()).isEmpty();
        assertThat(visible()).isEmpty();
    }

    @Test
    void aFullDiskRefusesAndKeepsTheFileClean() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        disk.full = true;
        assertThat(refusal("{\"id\":2}")).isEqualTo(Reason.NOT_STORED);
        assertThat(refusal(LARGE)).isEqualTo(Reason.NOT_STORED);
        disk.full = false;
        take("{\"id\":3}");
        intake.close();

        assertThat(String.join("", visibleText())).isEqualTo("{\"id\":1}\n{\"id\":3}\n");
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aSenderLearnsThatTheDiskHasNoMoreInodesOrBytes() throws Exception {
        disk.full = true;
        open(NEVER, NEVER);
        assertThat(refusalText()).contains("no free bytes").contains("send it again later");
        disk.full = false;
        Path folder = inbox.resolve("mounted");
        try (SmallDisk few = SmallDisk.withInodes(folder, 60);
                Intake onIt = new Intake(folder, new IntakeSettings(1 << 20, NEVER, NEVER))) {
            few.fillWithFiles();

            assertThat(catchThrowableOfType(IntakeRefused.class, () -> onIt.take("calls", JSON, stream("{}"))).getMessage())
                    .contains("no free inodes").contains("gtm.keep-done");
        }
    }

    private String refusalText() {
        return catchThrowableOfType(IntakeRefused.class, () -> take("{\"id\":1}")).getMessage();
    }

    @Test
    void aFailedSyncIsNeverAnswered() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        disk.syncFails = true;
        assertThat(refusal("{\"id\":2}")).isEqualTo(Reason.NOT_STORED);
        disk.syncFails = false;
        await().untilAsserted(() -> assertThat(visibleText()).containsExactly("{\"id\":1}\n"));
        take("{\"id\":3}");
        intake.close();
        assertThat(visibleText()).containsExactly("{\"id\":1}\n", "{\"id\":3}\n");
    }

    @Test
    void aTornTailThatCannotBeCutIsNotHandedOn() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        disk.full = true;
        disk.truncateFails = true;
        assertThat(refusal("{\"id\":2}")).isEqualTo(Reason.NOT_STORED);
        disk.full = false;
        assertThat(refusal("{\"id\":3}")).isEqualTo(Reason.NOT_STORED);
        assertThat(visible()).isEmpty();
        disk.truncateFails = false;
        await().untilAsserted(() -> assertThat(visibleText()).containsExactly("{\"id\":1}\n"));
    }

    @Test
    void aFileThatCannotBeHandedOnIsKeptAndTriedAgain() throws Exception {
        open(SOON, NEVER);
        disk.moveFails = true;
        take("{\"id\":1}");
        assertThat(refusal(LARGE)).isEqualTo(Reason.NOT_STORED);
        take("{\"id\":2}");
        disk.moveFails = false;
        await().untilAsserted(() -> assertThat(visibleText()).containsExactly("{\"id\":1}\n{\"id\":2}\n"));
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aDeletedFolderIsMadeAgain() throws Exception {
        open(SOON, NEVER);
        take("{\"id\":1}");
        await().until(() -> visible().size() == 1);
        for (Path file : visible()) {
            Files.delete(file);
        }
        Files.delete(inbox.resolve("calls/.intake"));
        Files.delete(inbox.resolve("calls"));
        take("{\"id\":2}");
        await().untilAsserted(() -> assertThat(visibleText()).containsExactly("{\"id\":2}\n"));
    }
}
