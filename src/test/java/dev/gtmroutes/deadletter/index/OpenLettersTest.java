// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterFiles;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenLettersTest {

    @TempDir
    Path data;

    private OpenLetters open;

    private void assertOpen(long rejected, long held) throws Exception {
        assertThat(open.count().get("calls"))
                .isEqualTo(Map.of(DeadLetterState.REJECTED, rejected, DeadLetterState.HELD, held));
        assertThat(new OpenLetters(data).count()).as("counted anew").isEqualTo(open.count());
    }

    @Test
    void lettersAreCountedAsTheyComeAndUntilSomebodyHasDecided() throws Exception {
        open = new OpenLetters(data);
        assertThat(open.count()).isEmpty();

        LetterFiles files = new LetterFiles(data).add("2026-01-31", "{\"n\":1}");
        assertOpen(1, 0);
        files.add("2026-01-31", "{\"n\":2}").add("2026-02-01", "held", LetterFiles.FIRST, "no response", "{\"n\":3}");
        assertOpen(2, 1);

        FlowLetters calls = new DeadLetterStore(data).flow("calls");
        calls.discard(DeadLetterSelection.of(Set.of(LetterId.parse("2026-01-31/2"))), (id, why) -> {});
        assertOpen(1, 1);
        files.add("2026-02-01", "{\"n\":4}");
        assertOpen(2, 1);

        Files.delete(files.folder().resolve("2026-01-31.ndjson"));
        assertOpen(1, 1);
    }

    @Test
    void whatCannotBeReadOnceIsReadLater() throws Exception {
        LetterFiles files = new LetterFiles(data).add("2026-01-31", "{\"n\":1}");
        Path marks = Files.createDirectory(files.folder().resolve(".marks.ndjson"));
        open = new OpenLetters(data);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(open::count).isInstanceOf(IOException.class);
        }
        Files.delete(marks);
        new DeadLetterStore(data).flow("calls").discard(DeadLetterSelection.ALL, (id, why) -> {});
        assertOpen(0, 0);

        // Another file of the same day, and a newer one that nobody can read.
        Files.delete(files.folder().resolve("2026-01-31.ndjson"));
        Path unread = Files.createDirectory(files.folder().resolve("2026-02-01.ndjson"));
        files.add("2026-01-31", "{\"n\":2}").add("2026-01-31", "{\"n\":3}");
        assertThatThrownBy(open::count).isInstanceOf(IOException.class);
        Files.delete(unread);
        assertOpen(2, 0);
    }

    @Test
    void aLineThatIsStillBeingWrittenIsCountedOnceItIsWhole() throws Exception {
        open = new OpenLetters(data);
        Path file = new LetterFiles(data).add("2026-01-31", "{\"n\":1}").folder().resolve("2026-01-31.ndjson");
        Files.writeString(file, "{\"state\":\"he", StandardOpenOption.APPEND);
        assertOpen(1, 0);

        Files.writeString(file, "ld\"}\n", StandardOpenOption.APPEND);
        assertOpen(1, 1);
    }
}
