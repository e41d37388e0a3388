// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import dev.gtmroutes.deadletter.DeadLetter.Fate;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.LetterFiles;
import dev.gtmroutes.deadletter.LetterId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters by reason. */
class ReasonGroupsTest {

    private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path data;

    private LetterFiles files;
    private OpenLetters open;

    @BeforeEach
    void open() throws IOException {
        files = new LetterFiles(data).withInbox();
        open = new OpenLetters(data);
    }

    private static DeadLetterSelection of(Fate fate) {
        return DeadLetterSelection.ALL.with(fate, "");
    }

    private List<ReasonGroup> groups(DeadLetterSelection choice) throws IOException {
        return open.groups(null, choice, NOW);
    }

    private void write(int i, String reason) throws IOException {
        String day = i % 3 == 0 ? "2026-01-30" : i % 3 == 1 ? "2026-01-31" : "2026-02-01";
        files.add(day, i % 7 == 0 ? "held" : "rejected", LetterFiles.FIRST, reason, "{\"n\":" + i + "}");
    }

    private void discard(String... ids) throws Exception {
        Set<LetterId> chosen = new HashSet<>();
        for (String each : ids) {
            chosen.add(LetterId.parse(each));
        }
        new DeadLetterStore(data).flow("calls").discard(DeadLetterSelection.of(chosen), (id, why) -> {});
    }

    /** By group and state, as reading each letter gives it. */
    private Map<String, Long> scanned(Fate fate) throws IOException {
        Map<String, Long> scanned = new TreeMap<>();
        for (LetterPage.Entry each : new OpenLetters(data).newest(null, of(fate), null, 100_000, LONG).letters()) {
            scanned.merge(each.letter().why().key(), 1L, Long::sum);
        }
        return scanned;
    }

    private void assertAsScanned() throws IOException {
        for (Fate fate : Fate.values()) {
            Map<String, Long> counted = new TreeMap<>();
            groups(of(fate)).forEach(each -> counted.put(each.key(), each.count()));
            assertThat(counted).as("%s", fate).isEqualTo(scanned(fate));
            assertThat(new OpenLetters(data).groups(null, of(fate), NOW)).as("anew: %s", fate).isEqualTo(groups(of(fate)));
        }
    }

    @Test
    void lettersOfOneReasonAreOneGroupTheNewestFirst() throws Exception {
        files.add("2026-01-31", "rejected", LetterFiles.FIRST, "Person 17 not found", "{}");
        files.add("2026-02-01", "rejected", LetterFiles.FIRST, "Person 18 not found", "{}");
        files.add("2026-01-20", "rejected", LetterFiles.FIRST, "not valid JSON", "{}");
        files.add("2026-01-02", "rejected", LetterFiles.FIRST, "not valid JSON", "{}");

        List<ReasonGroup> groups = groups(DeadLetterSelection.ALL);
        assertThat(groups).extracting(ReasonGroup::text).containsExactly("Person … not found", "not valid JSON");
        assertThat(groups.get(0).count()).isEqualTo(2);
        assertThat(groups.get(0).days()).hasSize(14).endsWith(0L, 1L, 1L);
        assertThat(groups.get(0).newest()).isEqualTo("2026-02-01T10:00:00Z");
        assertThat(groups.get(0).flows()).containsExactly("calls");
        assertThat(groups.get(1).days()).as("one of them is older").containsOnlyOnce(1L);

        discard("2026-02-01/1");
        assertThat(groups(DeadLetterSelection.ALL)).extracting(ReasonGroup::newest)
                .containsExactly(Instant.parse("2026-01-31T10:00:00Z"), Instant.parse("2026-01-20T10:00:00Z"));
        assertThat(groups(of(Fate.DISCARDED))).extracting(ReasonGroup::count).containsExactly(1L);
        assertThat(groups(of(Fate.REPLAYED))).isEmpty();
    }

    @Test
    void aTimeWithinADayCountsTheLettersOfThatDayOneByOne() throws Exception {
        Path file = Files.createDirectories(files.folder()).resolve("2026-01-31.ndjson");
        for (int hour = 0; hour < 24; hour++) {
            Files.writeString(file,
                    "{\"record\":{},\"state\":\"rejected\",\"reason\":\"x\",\"time\":\"2026-01-31T%02d:00:00Z\"}\n"
                            .formatted(hour),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        DeadLetterSelection choice = new DeadLetterSelection(Set.of(), null, null, Instant.parse("2026-01-31T20:00:00Z"),
                Instant.parse("2026-01-31T22:00:00Z"), null);
        assertThat(groups(choice)).extracting(ReasonGroup::count).containsExactly(2L);
        assertThat(groups(choice).get(0).newest()).isEqualTo("2026-01-31T21:00:00Z");
    }

    @Test
    void pagesOfAGroupHaveItsLettersOnly() throws Exception {
        for (int i = 0; i < 300; i++) {
            write(i, i % 4 == 0 ? "Person " + i + " not found" : "not valid JSON");
        }
        ReasonGroup group = groups(DeadLetterSelection.ALL).stream().filter(each -> each.text().startsWith("Person"))
                .findFirst().orElseThrow();
        LetterPage page = open.newest(null, DeadLetterSelection.ALL.with(Fate.OPEN, group.key()), null, 1000, LONG);
        assertThat(page.letters()).hasSize((int) group.count())
                .allMatch(each -> each.letter().why().key().equals(group.key()));
        assertThat(open.newest(null, DeadLetterSelection.ALL.with(Fate.OPEN, "none"), null, 10, LONG).letters()).isEmpty();
    }

    @Test
    void countsAgreeWithAFullScanWhateverIsDoneAndWheneverItIsKilled() throws Exception {
        Random random = new Random(24);
        int n = 0;
        for (int round = 0; round < 30; round++) {
            for (int i = random.nextInt(20); i >= 0; i--) {
                write(n++, List.of("Person " + n + " not found", "not valid JSON", "'" + n + "' is not a number")
                        .get(random.nextInt(3)));
            }
            if (random.nextInt(3) == 0) {
                discard("2026-01-30/" + (1 + random.nextInt(5)), "2026-01-31/" + (1 + random.nextInt(5)));
            }
            if (random.nextInt(4) == 0) {
                // Half a line, as kill -9 leaves it; the next letter follows the mended file.
                Path file = files.folder().resolve("2026-01-31.ndjson");
                String whole = Files.exists(file) ? Files.readString(file) : "";
                Files.createDirectories(files.folder());
                Files.writeString(file, whole + "{\"record\":{\"n\":1},\"sta");
                assertAsScanned();
                Files.writeString(file, whole);
            }
            if (random.nextInt(5) == 0) {
                new DeadLetterStore(data).flow("calls").replay(DeadLetterSelection.of(Set.of(
                        LetterId.parse("2026-02-01/" + (1 + random.nextInt(9))))), true, (id, why) -> {});
            }
            if (round == 20) {
                Files.delete(files.folder().resolve("2026-01-30.ndjson"));
            }
            assertAsScanned();
        }
    }

    @Test
    void beyondTheBoundReasonsAreNotToldApart() throws Exception {
        for (int i = 0; i < GroupTable.MOST + 50; i++) {
            files.add("2026-01-31", "rejected", LetterFiles.FIRST, "reason " + "x".repeat(1 + i), "{}");
        }
        List<ReasonGroup> groups = groups(DeadLetterSelection.ALL);
        assertThat(groups).hasSize(GroupTable.MOST + 1);
        ReasonGroup other = groups.stream().filter(each -> ReasonGroup.isOther(each.key())).findFirst().orElseThrow();
        assertThat(other.count()).isEqualTo(50);
        assertThat(open.newest(null, DeadLetterSelection.ALL.with(Fate.OPEN, other.key()), null, 1000, LONG).letters())
                .hasSize(50);

        // Once their file is gone, there is room for others.
        Files.delete(files.folder().resolve("2026-01-31.ndjson"));
        files.add("2026-02-01", "rejected", LetterFiles.FIRST, "another reason", "{}");
        assertThat(groups(DeadLetterSelection.ALL)).extracting(ReasonGroup::text).containsExactly("another reason");
    }
}
