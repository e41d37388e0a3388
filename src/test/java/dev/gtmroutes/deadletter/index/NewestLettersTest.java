// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterCursor;
import dev.gtmroutes.deadletter.LetterFiles;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters newest first, page by page. */
class NewestLettersTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path data;

    private OpenLetters open;

    @BeforeEach
    void open() {
        open = new OpenLetters(data);
    }

    /** Letters of several flows, one a second, several files a day. */
    private void write(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path folder = Files.createDirectories(data.resolve("dead-letters/flow-" + i % 3));
            Instant time = Instant.parse("2026-01-31T23:58:20Z").plusSeconds(i / 2);
            write(folder, time.toString().substring(0, 10) + (i % 200 >= 150 ? ".2" : ""), i, time);
        }
    }

    private static void write(Path folder, String file, int i, Instant time) throws IOException {
        Files.writeString(folder.resolve(file + ".ndjson"), """
                {"record":{"n":%d},"state":"%s","reason":"responded with %d","status":422,"answer":"","flow":"x",\
                "destination":"d","template":"t","sourceFile":"f","line":1,"time":"%s"}
                """.formatted(i, i % 10 == 0 ? "held" : "rejected", 400 + i % 2, time),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String record(LetterPage.Entry entry) {
        return new String(entry.letter().record());
    }

    /** All letters, read in pages of this size. */
    private List<String> all(String flow, DeadLetterSelection choice, int size, Duration patience) throws Exception {
        List<String> all = new ArrayList<>();
        LetterCursor from = null;
        do {
            assertThat(all).as("each page gets on").hasSizeLessThan(1000);
            LetterPage page = open.newest(flow, choice, from, size, patience);
            assertThat(page.letters()).hasSizeLessThanOrEqualTo(size);
            page.letters().forEach(each -> all.add(each.flow() + " " + record(each)));
            from = page.next() == null ? null : LetterCursor.parse(page.next().toString());
        } while (from != null);
        return all;
    }

    @Test
    void pagesOfAllFlowsHaveEachLetterOnceAndTheNewestFirst() throws Exception {
        write(400);
        List<String> all = all(null, DeadLetterSelection.ALL, 1000, LONG);

        assertThat(all).hasSize(400).doesNotHaveDuplicates();
        assertThat(all.subList(0, 3)).containsExactly("flow-0 {\"n\":399}", "flow-2 {\"n\":398}",
                "flow-0 {\"n\":396}");
        assertThat(all(null, DeadLetterSelection.ALL, 7, LONG)).isEqualTo(all);
        assertThat(all(null, DeadLetterSelection.ALL, 64, LONG)).isEqualTo(all);
        assertThat(all(null, DeadLetterSelection.ALL, 7, Duration.ZERO)).as("when time is up at once").isEqualTo(all);
        assertThat(all("flow-1", DeadLetterSelection.ALL, 9, LONG))
                .isEqualTo(all.stream().filter(each -> each.startsWith("flow-1")).toList());
    }

    @Test
    void aClockThatWasSetBackHidesNoneAndShowsNoneTwice() throws Exception {
        write(120);
        for (int i = 120; i < 300; i++) {
            Instant time = Instant.parse("2026-01-31T23:58:20Z").plusSeconds(i < 200 ? i : i - 150);
            write(data.resolve("dead-letters/flow-" + i % 3), "2026-01-31.2", i, time);
        }
        List<String> all = all(null, DeadLetterSelection.ALL, 1000, LONG);
        assertThat(all).hasSize(300).doesNotHaveDuplicates();
        assertThat(all(null, DeadLetterSelection.ALL, 7, LONG)).isEqualTo(all);
        assertThat(all(null, DeadLetterSelection.ALL, 7, Duration.ZERO)).isEqualTo(all);
    }

    @Test
    void theyAreChosenByTextStateAndTime() throws Exception {
        write(300);
        assertThat(all(null, new DeadLetterSelection(Set.of(), null, "\"N\":29", null, null, null), 50, LONG)).hasSize(11);
        assertThat(all(null, new DeadLetterSelection(Set.of(), null, "RESPONDED WITH 401", null, null, null), 50, LONG))
                .hasSize(150);
        assertThat(all(null, new DeadLetterSelection(Set.of(), null, "rejected", null, null, null), 50, LONG)).isEmpty();
        assertThat(all(null, new DeadLetterSelection(Set.of(), null, null, null, null, DeadLetterState.HELD), 8, LONG))
                .hasSize(30);
        Instant midnight = Instant.parse("2026-02-01T00:00:00Z");
        assertThat(all(null, new DeadLetterSelection(Set.of(), null, null, midnight, null, null), 50, LONG)).hasSize(100);
        assertThat(all(null, new DeadLetterSelection(Set.of(), null, null, null, midnight, null), 50, LONG)).hasSize(200);
    }

    @Test
    void whatIsClosedIsLeftOutAndCanStillBeFoundWithItsHistory() throws Exception {
        LetterFiles files = new LetterFiles(data).add("2026-01-31", "{\"n\":1}").add("2026-01-31", "{\"n\":2}");
        assertThat(all(null, DeadLetterSelection.ALL, 50, LONG)).hasSize(2);
        LetterId first = LetterId.parse("2026-01-31/1");
        FlowLetters calls = new DeadLetterStore(data).flow("calls");
        calls.edit(first, "{\"n\": \"mended\"}".getBytes());
        assertThat(all("calls", new DeadLetterSelection(Set.of(), null, "MENDED", null, null, null), 50, LONG)).hasSize(1);
        calls.discard(DeadLetterSelection.of(Set.of(first)), (id, why) -> {});

        assertThat(all("calls", DeadLetterSelection.ALL, 50, LONG)).containsExactly("calls {\"n\":2}");
        FoundLetter found = open.find("calls", first).orElseThrow();
        assertThat(found.letter().fate()).isEqualTo(DeadLetter.Fate.DISCARDED);
        assertThat(new String(found.original().record())).isEqualTo("{\"n\":1}");
        assertThat(found.history()).extracting(FoundLetter.Deed::what).containsExactly("edited", "discarded");
        assertThat(open.find("calls", LetterId.parse("2026-01-31/3"))).isEmpty();
        assertThat(open.find("../calls", first)).isEmpty();

        Files.delete(files.folder().resolve("2026-01-31.ndjson"));
        files.add("2026-01-31", "{\"n\":\"of a later file, which is longer than the one before it was\"}")
                .add("2026-01-31", "{\"n\":4}").add("2026-01-31", "{\"n\":5}");
        assertThat(all("calls", DeadLetterSelection.ALL, 50, LONG)).hasSize(3);
    }
}
