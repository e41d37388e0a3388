// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.delivery.outcome.DeadLetterState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterStoreTest {

    private static final String ODD = "{\"n\":1.0E+2,\"big\":12345678901234567890.10,\"n\":2, \"t\":\"\\u00e9\"}";

    @TempDir
    Path data;

    private final List<String> refusals = new ArrayList<>();
    private LetterFiles files;

    @BeforeEach
    void create() throws IOException {
        files = new LetterFiles(data);
    }

    private FlowLetters calls() throws Exception {
        return new DeadLetterStore(data).flow("calls");
    }

    private void refused(LetterId id, String why) {
        refusals.add(id + ": " + why);
    }

    private static DeadLetterSelection ids(String... ids) throws Exception {
        Set<LetterId> chosen = new TreeSet<>();
        for (String each : ids) {
            chosen.add(LetterId.parse(each));
        }
        return DeadLetterSelection.of(chosen);
    }

    private List<DeadLetter> read(DeadLetterSelection choice) throws Exception {
        List<DeadLetter> found = new ArrayList<>();
        try (Letters letters = calls().letters(choice)) {
            letters.forEachRemaining(found::add);
        }
        return found;
    }

    private List<String> open() throws Exception {
        return read(DeadLetterSelection.ALL).stream().map(each -> each.id().toString()).toList();
    }

    private List<String> handedLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path each : files.handed()) {
            lines.addAll(Files.readAllLines(each));
        }
        return lines;
    }

    @Test
    void lettersComeInTheOrderInWhichTheyWereWritten() throws Exception {
        files.add("2026-01-02.10", "{}").add("2026-01-02.9", "{}").add("2026-01-02", "{}").add("2026-01-02", "{}")
                .add("2025-12-31", "{}");

        assertThat(open()).containsExactly("2025-12-31/1", "2026-01-02/1", "2026-01-02/2", "2026-01-02.9/1",
                "2026-01-02.10/1");
    }

    @Test
    void aLetterHasAllThatWasWritten() throws Exception {
        files.add("2026-01-02", "held", LetterFiles.SECOND, "no response", ODD);

        DeadLetter letter = read(DeadLetterSelection.ALL).get(0);

        assertThat(letter).usingRecursiveComparison().isEqualTo(new DeadLetter(LetterId.parse("2026-01-02/1"),
                DeadLetter.Fate.OPEN, false, DeadLetterState.HELD, "no response", 422, "no\nsuch\u001bthing", "push-call",
                "calls", LetterFiles.SECOND, "calls.ndjson", 7, "", "", Instant.parse("2026-01-02T10:00:00Z"),
                ODD.getBytes(UTF_8),
                true));
    }

    @Test
    void thoseOfARenamedFlowNameItsDestinationsByItsNewName() throws Exception {
        files.add("2026-01-02", "{}");
        Files.move(files.folder(), files.folder().resolveSibling("people"));
        try (Letters letters = new DeadLetterStore(files.folder().getParent().getParent()).flow("people")
                .letters(DeadLetterSelection.ALL)) {
            DeadLetter letter = letters.next();
            assertThat(letter.flow()).isEqualTo("people");
            assertThat(letter.destination()).isEqualTo(LetterFiles.FIRST.replace("calls:", "people:")).startsWith("people:");
        }
    }

    @Test
    void theyAreChosenByReasonTimeAndState() throws Exception {
        files.add("2026-01-01", "rejected", LetterFiles.FIRST, "responded with 422", "{}")
                .add("2026-01-02", "rejected", LetterFiles.FIRST, "Not valid JSON", "\"{\"")
                .add("2026-01-03", "held", LetterFiles.FIRST, "no response", "{}");

        assertThat(read(new DeadLetterSelection(Set.of(), "not VALID", null, null, null, null))).hasSize(1)
                .allSatisfy(each -> assertThat(each.wellFormed()).isFalse());
        assertThat(read(new DeadLetterSelection(Set.of(), null, null, Instant.parse("2026-01-02T10:00:00Z"), null, null)))
                .hasSize(2);
        assertThat(read(new DeadLetterSelection(Set.of(), null, null, Instant.parse("2026-01-02T10:00:01Z"), null, null)))
                .hasSize(1);
        assertThat(read(new DeadLetterSelection(Set.of(), null, null, null, null, DeadLetterState.HELD))).hasSize(1);
        assertThat(read(new DeadLetterSelection(Set.of(), "answered", null, null, null, DeadLetterState.HELD))).isEmpty();
    }

    @Test
    void aLineThatIsBeingWrittenIsNotReadAndADamagedOneIsShown() throws Exception {
        files.add("2026-01-02", "{}");
        Files.writeString(files.folder().resolve("2026-01-02.ndjson"), "{\"record\":\n{\"record\":{}",
                StandardOpenOption.APPEND);

        assertThat(read(DeadLetterSelection.ALL)).extracting(DeadLetter::reason).containsExactly("responded with 422",
                "the line in the file of dead letters is damaged");
    }

    @Test
    void whatIsDiscardedIsClosed() throws Exception {
        files.add("2026-01-02", "{}").add("2026-01-02", "{}").add("2026-01-02", "{}");

        assertThat(calls().discard(ids("2026-01-02/1", "2026-01-02/3", "2026-01-02/9"), this::refused)).isEqualTo(2);
        assertThat(calls().discard(ids("2026-01-02/1"), this::refused)).isZero();

        assertThat(open()).containsExactly("2026-01-02/2");
        assertThat(read(ids("2026-01-02/1"))).extracting(DeadLetter::fate).containsExactly(DeadLetter.Fate.DISCARDED);
        assertThat(refusals).containsExactly("2026-01-02/9: not found in the dead letters of flow calls",
                "2026-01-02/1: the dead letter is discarded");
    }

    @Test
    void aReplayIsForTheDestinationThatRejectedTheRecordsAndDoesNotChangeThem() throws Exception {
        files.withInbox().add("2026-01-02", ODD).add("2026-01-02", "rejected", LetterFiles.SECOND, "no", "{\"n\":2}")
                .add("2026-01-03", "{\"n\":3}");

        Replayed replayed = calls().replay(DeadLetterSelection.ALL, false, this::refused);

        assertThat(replayed).isEqualTo(new Replayed(3, 0, 0, replayed.files()));
        assertThat(files.handed()).hasSize(2).allSatisfy(each -> {
            String only = Files.readString(each).contains("\"n\":2}") ? LetterFiles.SECOND : LetterFiles.FIRST;
            assertThat(LetterFiles.progress(each)).content()
                    .matches("[0-9a-f]{8} file/2 \\d+ [0-9a-f]+ \\S+ \\S+ " + only + " push-call\n");
        });
        assertThat(handedLines()).containsExactlyInAnyOrder(ODD, "{\"n\":2}", "{\"n\":3}");
        assertThat(files.spooled()).isEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    void nothingIsReplayedTwice() throws Exception {
        files.withInbox().add("2026-01-02", "{}");
        calls().replay(DeadLetterSelection.ALL, false, this::refused);

        assertThat(calls().replay(DeadLetterSelection.ALL, false, this::refused).records()).isZero();
        assertThat(calls().replay(ids("2026-01-02/1"), false, this::refused).records()).isZero();
        assertThat(files.handed()).hasSize(1);
        assertThat(refusals).containsExactly("2026-01-02/1: the dead letter is already replayed");
    }

    @Test
    void heldLettersAreReplayedOnlyWhenTheyAreMeant() throws Exception {
        files.withInbox().add("2026-01-02", "held", LetterFiles.FIRST, "no response", "{\"n\":1}").add("2026-01-02", "{}");

        assertThat(calls().replay(DeadLetterSelection.ALL, false, this::refused)).usingRecursiveComparison()
                .ignoringFields("files")
                .isEqualTo(new Replayed(1, 0, 1, List.of()));
        assertThat(calls().replay(ids("2026-01-02/1"), false, this::refused)).isEqualTo(new Replayed(0, 0, 0, List.of()));
        assertThat(refusals).hasSize(1).allMatch(each -> each.startsWith("2026-01-02/1: it is held"));
        assertThat(calls().replay(DeadLetterSelection.ALL, true, this::refused)).usingRecursiveComparison()
                .ignoringFields("files")
                .isEqualTo(new Replayed(1, 1, 0, List.of()));
        assertThat(handedLines()).containsExactlyInAnyOrder("{}", "{\"n\":1}");
    }

    @Test
    void whatIsNoRecordIsReplayedAfterItWasEdited() throws Exception {
        files.withInbox().add("2026-01-02", "\"{broken\"").add("2026-01-02", "{}");
        assertThat(calls().replay(DeadLetterSelection.ALL, false, this::refused).records()).isEqualTo(1);
        assertThat(refusals).containsExactly("2026-01-02/1: the record is not a JSON object: edit it first");

        calls().edit(LetterId.parse("2026-01-02/1"), "{\"n\":\n1}".getBytes(UTF_8));
        calls().edit(LetterId.parse("2026-01-02/1"), ("\n {\"t\":\"é\",\r\n\"n\":1.0E+2}\n").getBytes(UTF_8));

        assertThat(read(DeadLetterSelection.ALL)).hasSize(1).allSatisfy(each -> assertThat(each.edited()).isTrue());
        assertThat(calls().replay(DeadLetterSelection.ALL, false, this::refused).records()).isEqualTo(1);
        assertThat(handedLines()).containsExactlyInAnyOrder("{}", "{\"t\":\"é\",  \"n\":1.0E+2}");
    }

    @Test
    void aNewRecordHasToBeOneJsonObject() throws Exception {
        files.add("2026-01-02", "{}");

        for (String each : List.of("", "[]", "[{}]", "{} {}", "a,b\n1,2", "{\"n\":", "3")) {
            assertThatThrownBy(() -> calls().edit(LetterId.parse("2026-01-02/1"), each.getBytes(UTF_8)))
                    .isInstanceOf(LetterRefusedException.class)
                    .hasMessageStartingWith("the new record must be exactly one JSON object: ");
        }
        assertThatThrownBy(() -> calls().edit(LetterId.parse("2026-01-02/2"), "{}".getBytes(UTF_8)))
                .hasMessage("2026-01-02/2: not found in the dead letters of flow calls");
        assertThat(read(DeadLetterSelection.ALL)).extracting(DeadLetter::edited).containsExactly(false);
    }

    @Test
    void aFlowWithoutAnInboxRefusesAndLosesNothing() throws Exception {
        files.add("2026-01-02", "{}");

        assertThatThrownBy(() -> calls().replay(DeadLetterSelection.ALL, false, this::refused))
                .isInstanceOf(LetterRefusedException.class)
                .hasMessageContaining("flow calls has no inbox");
        assertThat(open()).hasSize(1);
    }

    @Test
    void aFlowThatNobodyKnowsIsTold() {
        assertThatThrownBy(() -> new DeadLetterStore(data).flow("../calls")).isInstanceOf(LetterRefusedException.class)
                .hasMessageContaining("there are no dead letters of flow ../calls");
    }

    @Test
    void marksAreNotForALaterFileOfTheSameName() throws Exception {
        files.add("2026-01-02", "{\"n\":1}");
        calls().discard(DeadLetterSelection.ALL, this::refused);
        Files.delete(files.folder().resolve("2026-01-02.ndjson"));

        files.add("2026-01-02", "{\"n\":2}");

        assertThat(open()).containsExactly("2026-01-02/1");
    }

    @Test
    void halfAMarkIsNone() throws Exception {
        files.withInbox().add("2026-01-02", "{}").add("2026-01-02", "{}");
        calls().discard(ids("2026-01-02/1"), this::refused);
        Path marks = files.folder().resolve(".marks.ndjson");
        String whole = Files.readString(marks);
        Files.writeString(marks, whole + whole.replace("1-1", "2-2").stripTrailing());

        assertThat(open()).containsExactly("2026-01-02/2");
        assertThat(calls().replay(DeadLetterSelection.ALL, false, this::refused).records()).isEqualTo(1);
        assertThat(open()).isEmpty();
        assertThat(read(ids("2026-01-02/2"))).extracting(DeadLetter::fate).containsExactly(DeadLetter.Fate.REPLAYED);
    }

    @Test
    void twoAtOnceReplayEachLetterOnce() throws Exception {
        files.withInbox();
        for (int i = 0; i < 500; i++) {
            files.add("2026-01-02", "{\"n\":" + i + "}");
        }
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            people.add(new Thread(() -> {
                try {
                    calls().replay(DeadLetterSelection.ALL, false, (id, why) -> {});
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        people.forEach(Thread::start);
        for (Thread each : people) {
            each.join();
        }

        assertThat(handedLines()).hasSize(500).doesNotHaveDuplicates();
    }
}
