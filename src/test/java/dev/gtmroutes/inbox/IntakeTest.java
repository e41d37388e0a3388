package dev.gtmroutes.inbox;

import static dev.gtmroutes.inbox.BodyFormat.CSV;
import static dev.gtmroutes.inbox.BodyFormat.JSON;
import static dev.gtmroutes.inbox.BodyFormat.NDJSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.gtmroutes.inbox.IntakeRefused.Reason;

class IntakeTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final String LARGE = "{\"id\":\"" + "x".repeat(100_000) + "\"}";

    @TempDir
    Path inbox;

    private final CountingDisk disk = new CountingDisk();
    private Intake intake;

    @AfterEach
    void close() throws IOException {
        if (intake != null) {
            intake.close();
        }
    }

    @Test
    void whatIsAnsweredIsInTheOpenFile() throws Exception {
        open(NEVER, NEVER);
        assertThat(take("{\"id\":1}")).isEqualTo(8);
        assertThat(Files.readString(openFile())).isEqualTo("{\"id\":1}\n");
        assertThat(visible()).isEmpty();
    }

    @Test
    void bodiesThatArriveTogetherShareASync() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":-1}");
        int before = disk.syncs.get();
        disk.syncMillis = 50;

        takeAtOnce(40);

        // The first one has a sync to itself; the others gather meanwhile. Without sharing there were 40.
        assertThat(disk.syncs.get() - before).isBetween(1, 10);
        assertThat(Files.readAllLines(openFile())).hasSize(41).doesNotHaveDuplicates();
    }

    @Test
    void aQuietFlowHandsItsFileOn() throws Exception {
        open(SOON, NEVER);
        take("{\"id\":1}");
        await().untilAsserted(() -> assertThat(visibleText()).containsExactly("{\"id\":1}\n"));
        assertThat(openFile()).doesNotExist();

        take("{\"id\":2}");
        await().untilAsserted(() -> assertThat(visibleText()).containsExactly("{\"id\":1}\n", "{\"id\":2}\n"));
    }

    @Test
    void aBusyFlowHandsItsFileOnAtItsAge() throws Exception {
        open(Duration.ofMillis(500), Duration.ofMillis(600));
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            take("{\"id\":1}");
            return visible().size() >= 2;
        });
    }

    @Test
    void aFullFileIsHandedOn() throws Exception {
        intake = new Intake(inbox, new IntakeSettings(1 << 20, NEVER, NEVER, 30), disk);
        for (int i = 0; i < 7; i++) {
            take("{\"id\":" + i + "}");
        }
        // Four records of 9 bytes fill a file; the writer hands it on right after the answer.
        await().untilAsserted(() -> assertThat(visibleText()).containsExactly(lines(0, 4)));
        assertThat(Files.readString(openFile())).isEqualTo(lines(4, 7));
    }

    @Test
    void closingHandsTheOpenFileOn() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        intake.close();

        assertThat(visibleText()).containsExactly("{\"id\":1}\n");
        assertThat(openFile()).doesNotExist();
        assertThat(refusal("{\"id\":2}")).isEqualTo(Reason.CLOSED);
        assertThat(refusal(LARGE)).isEqualTo(Reason.CLOSED);
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().equals("intake-calls"));
    }

    @Test
    void aLargeBodyGetsItsOwnFileAtOnceAndUnchanged() throws Exception {
        open(NEVER, NEVER);
        take(LARGE);
        assertThat(visibleText()).containsExactly(LARGE);
        assertThat(visible().get(0).getFileName().toString()).endsWith(".json");
    }

    @Test
    void theBorderBetweenSmallAndLarge() throws Exception {
        open(NEVER, NEVER);
        take(" ".repeat(FlowInbox.SMALL_BYTES - 2) + "{}");
        assertThat(visible()).isEmpty();
        take(" ".repeat(FlowInbox.SMALL_BYTES - 1) + "{}");
        assertThat(visible()).hasSize(2);
    }

    @Test
    void filesSortInTheOrderOfTheirAnswers() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        take(LARGE);
        take("{\"id\":3}");
        take(LARGE + " ");
        take("{\"id\":5}");
        intake.close();
        assertThat(visibleText()).containsExactly("{\"id\":1}\n", LARGE, "{\"id\":3}\n", LARGE + " ", "{\"id\":5}\n");
    }

    @Test
    void flowsDoNotMix() throws Exception {
        open(NEVER, NEVER);
        intake.take("a", JSON, stream("{\"id\":1}"));
        intake.take("b.2_x-y", JSON, stream("{\"id\":2}"));
        intake.close();
        assertThat(files(inbox.resolve("a"))).hasSize(1);
        assertThat(files(inbox.resolve("b.2_x-y"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a", "a/b", "a\\b", ".a", "-a", "_a", "a b", "a\n", "ä", "a\0"})
    void aFlowThatIsNoNameIsRefused(String flow) throws Exception {
        open(NEVER, NEVER);
        assertThat(catchThrowableOfType(IntakeRefused.class, () -> intake.take(flow, JSON, stream("{}"))).reason())
                .isEqualTo(Reason.BAD_FLOW);
    }

    @Test
    void aMalformedBodyStaysOnItsOwnLine() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        take("{\"id\":\n\"2");
        take("}\r\n]");
        take("{\"id\":\r\n3}");
        intake.take("calls", NDJSON, stream("{\"id\":4}\n\n \r\n{\"id\":5\r\n{\"id\":6}"));
        intake.take("calls", CSV, stream("id,name\r\n7,\"a\nb\"\r\n"));
        assertThat(Files.readAllLines(openFile())).containsExactly("{\"id\":1}", "{\"id\": \"2", "}  ]",
                "{\"id\":  3}", "{\"id\":4}", "{\"id\":5", "{\"id\":6}", "{\"id\":\"7\",\"name\":\"a\\nb\"}");
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

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8191, 8192, 8193, 20_000})
    void aTornLastLineIsCutAtTheStart(int torn) throws Exception {
        Path hidden = Files.createDirectories(inbox.resolve("calls/.intake"));
        Files.writeString(hidden.resolve("open.ndjson"), lines(0, 2) + "x".repeat(torn));
        open(NEVER, NEVER);
        assertThat(visibleText()).containsExactly(lines(0, 2));
        assertThat(hidden()).isEmpty();
    }

    @Test
    void whatWasNeverAnsweredIsDeletedAtTheStart() throws Exception {
        Path hidden = Files.createDirectories(inbox.resolve("calls/.intake"));
        Files.writeString(hidden.resolve("open.ndjson"), "{\"id\":");
        Files.writeString(hidden.resolve("abc.part"), LARGE);
        open(NEVER, NEVER);
        assertThat(visible()).isEmpty();
        assertThat(hidden()).isEmpty();
    }

    @Test
    void anInboxHasOneOwner() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        assertThatThrownBy(() -> new Intake(inbox, new IntakeSettings(100, NEVER, NEVER), disk))
                .isInstanceOf(IOException.class).hasMessageContaining("gtm.data");
        take("{\"id\":2}");
        intake.close();
        open(NEVER, NEVER);
        assertThat(visibleText()).containsExactly("{\"id\":1}\n{\"id\":2}\n");
    }

    @Test
    void namesRiseWhateverTheClockDoes() {
        long[] clock = {1_700_000_000_000L};
        ArrivalNames names = new ArrivalNames(() -> clock[0],
                Stream.of("intake-20231114T221320000Z-000041.csv", "intake-99999999T999999999Z-000000.csv", "other"));
        List<String> given = new ArrayList<>();
        for (long now : new long[] {0, 0, 1, -5000, 2}) {
            clock[0] = 1_700_000_000_000L + now;
            given.add(names.next(NDJSON));
        }
        assertThat(given).containsExactly("intake-20231114T221320000Z-000042.ndjson",
                "intake-20231114T221320000Z-000043.ndjson", "intake-20231114T221320001Z-000000.ndjson",
                "intake-20231114T221320001Z-000001.ndjson", "intake-20231114T221320002Z-000000.ndjson").isSorted();
    }

    private void open(Duration quiet, Duration linger) throws IOException {
        intake = new Intake(inbox, new IntakeSettings(1 << 20, quiet, linger), disk);
    }

    private long take(String body) throws IntakeRefused {
        return intake.take("calls", JSON, stream(body));
    }

    private Reason refusal(String body) {
        return catchThrowableOfType(IntakeRefused.class, () -> take(body)).reason();
    }

    private void takeAtOnce(int count) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Long>> bodies = IntStream.range(0, count)
                    .mapToObj(i -> (Callable<Long>) () -> take("{\"id\":" + i + "}")).toList();
            for (Future<Long> answer : senders.invokeAll(bodies)) {
                answer.get();
            }
        } finally {
            senders.shutdown();
        }
    }

    private static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(UTF_8));
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        IntStream.range(from, to).forEach(i -> lines.append("{\"id\":").append(i).append("}\n"));
        return lines.toString();
    }

    private Path openFile() {
        return inbox.resolve("calls/.intake/open.ndjson");
    }

    private List<Path> visible() throws IOException {
        return files(inbox.resolve("calls"));
    }

    private List<Path> hidden() throws IOException {
        return files(inbox.resolve("calls/.intake"));
    }

    private List<String> visibleText() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : visible()) {
            texts.add(Files.readString(file));
        }
        return texts;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
