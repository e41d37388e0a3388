// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import dev.gtmroutes.deadletter.ReplayResult.State;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.index.OpenLetters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayResultTest {

    private static final String FIRST = "2026-01-02/1";
    private static final String SECOND = "2026-01-02/2";

    @TempDir
    Path data;

    private LetterFiles files;

    @BeforeEach
    void replayTwo() throws Exception {
        files = new LetterFiles(data).withInbox().add("2026-01-02", "{\"n\":1}").add("2026-01-02", "{\"n\":2}");
        new DeadLetterStore(data).flow("calls").replay(DeadLetterSelection.ALL, false, (id, why) -> {
            throw new AssertionError(id + ": " + why);
        });
    }

    private ReplayResult result(String id) throws Exception {
        return result(id, false);
    }

    private ReplayResult result(String id, boolean isDeferred) throws Exception {
        List<FoundLetter.Deed> history = new OpenLetters(data).find("calls", LetterId.parse(id)).orElseThrow().history();
        return ReplayResult.of(data, "calls", history.get(history.size() - 1), isDeferred);
    }

    private Path replayed() {
        return files.handed().get(0);
    }

    private void finish() throws IOException {
        Path file = replayed();
        Files.createDirectories(file.resolveSibling(".done"));
        Files.move(file, file.resolveSibling(".done").resolve(file.getFileName()));
    }

    @Test
    void aRecordWaitsAsLongAsItsFileIsInTheInbox() throws Exception {
        assertThat(result(FIRST).state()).isEqualTo(State.WAITING);
    }

    @Test
    void aRecordThatIsRejectedAgainIsFoundByItsLine() throws Exception {
        String name = replayed().getFileName().toString();
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        finish();
        Path folder = files.add(today, "{\"n\":2}").folder();
        Path letters = folder.resolve(today + ".ndjson");
        Files.writeString(letters, Files.readString(letters).replace("\"calls.ndjson\",\"line\":7",
                "\"" + name + "\",\"line\":2"));

        assertThat(result(FIRST).state()).isEqualTo(State.FINISHED);
        assertThat(result(SECOND).state()).isEqualTo(State.AGAIN);
        assertThat(result(SECOND).again().id()).hasToString(today + "/1");
    }

    @Test
    void ofARecordThatIsOnlySavedTheOutcomeIsStillToCome() throws Exception {
        assertThat(result(FIRST, true).state()).isEqualTo(State.WAITING);

        finish();

        assertThat(result(FIRST, true)).isEqualTo(new ReplayResult(State.SAVED, null));
    }

    @Test
    void withoutItsFileNothingIsKnown() throws Exception {
        Files.delete(replayed());

        assertThat(result(FIRST)).isEqualTo(new ReplayResult(State.UNKNOWN, null));
    }
}
