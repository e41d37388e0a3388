// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import static dev.gtmroutes.inbox.arrival.BodyFormat.CSV;
import static dev.gtmroutes.inbox.arrival.BodyFormat.JSON;
import static dev.gtmroutes.inbox.arrival.BodyFormat.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.gtmroutes.inbox.InboxFolder;
import dev.gtmroutes.inbox.IntakeFixture;
import dev.gtmroutes.inbox.arrival.IntakeRefused.Reason;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;

/** How bodies become files. */
class IntakeTest extends IntakeFixture {

    @Test
    void whatIsAnsweredIsInTheOpenFile() throws Exception {
        open(NEVER, NEVER);
        assertThat(take("{\"id\":1}")).isEqualTo(8);
        assertThat(Files.readString(openFile())).isEqualTo("{\"id\":1}\n");
        assertThat(visible()).isEmpty();
    }

    @Test
    void aReleasedFolderIsLeftAsItIsUntilTheFlowIsAdmitted() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        BlockingBody body = new BlockingBody(LARGE);
        Future<String> large = CompletableFuture.supplyAsync(() -> catchThrowableOfType(IntakeRefused.class,
                () -> intake.take("calls", NDJSON, body)).getMessage());
        await().until(body::isBeingRead);
        intake.release("calls");
        assertThat(visibleText()).containsExactly("{\"id\":1}\n");
        Files.move(inbox.resolve("calls"), inbox.resolve("people"));

        body.goOn();
        assertThat(large.get()).startsWith("The flow is being renamed.");
        assertThat(catchThrowableOfType(IntakeRefused.class, () -> take("{\"id\":2}")).reason()).isEqualTo(Reason.CLOSED);
        assertThat(inbox.resolve("calls")).doesNotExist();
        intake.admit("calls");
        take("{\"id\":3}");
        assertThat(openFile()).hasContent("{\"id\":3}\n");
    }

    /** A body whose second half comes when the test says so. */
    private static final class BlockingBody extends InputStream {

        private final InputStream bytes;
        private final CountDownLatch rest = new CountDownLatch(1);
        private volatile boolean isBeingRead;
        private int read;

        BlockingBody(String text) {
            bytes = stream(text);
        }

        boolean isBeingRead() {
            return isBeingRead;
        }

        void goOn() {
            rest.countDown();
        }

        @Override
        public int read() throws IOException {
            if (read++ == FlowInbox.SMALL_BYTES + 10) {
                isBeingRead = true;
                try {
                    rest.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return bytes.read();
        }
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
    void aRecordThatIsTooLongIsRefusedAtOnce() throws Exception {
        intake = new Intake(inbox, new IntakeSettings(1 << 20, NEVER, NEVER).withMaxRecord(RecordSize.of("1K")), disk);
        String record = "{\"a\":\"" + "x".repeat(2000) + "\"}";
        for (String body : new String[] {record, "[{\"a\":1}," + record + "]"}) {
            assertThatThrownBy(() -> take(body)).isInstanceOfSatisfying(IntakeRefused.class,
                    refused -> assertThat(refused.reason()).isEqualTo(IntakeRefused.Reason.TOO_LARGE))
                    .hasMessage("A record in the body is longer than 1 KB, the maximum that gtm.max-record-bytes allows. "
                            + "Nothing of this request was saved.");
        }
        assertThat(visible()).isEmpty();
        assertThat(take("[" + "{\"a\":1},".repeat(500) + "{}]")).isEqualTo(4004);
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
        assertThat(new InboxFolder(inbox).visible("a")).hasSize(1);
        assertThat(new InboxFolder(inbox).visible("b.2_x-y")).hasSize(1);
    }

    @Test
    void bodiesThatAreAllRecordsShareAFileOneRecordToALine() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        take("{\"id\":\r\n2}");
        take("[{\"id\":3},\n {\"id\":4}]");
        intake.take("calls", NDJSON, stream("{\"id\":5}\n\n \r\n{\"id\":6}"));
        intake.take("calls", CSV, stream("{\"id\":7}"));
        intake.take("calls", CSV, stream("id,name\r\n"));
        assertThat(Files.readAllLines(openFile())).containsExactly("{\"id\":1}", "{\"id\":  2}", "{\"id\":3}",
                "{\"id\":4}", "{\"id\":5}", "{\"id\":6}", "{\"id\":7}");
    }

    @Test
    void aFaultyBodyGetsAFileOfItsOwnAsItCame() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        take("{\"id\":\n\"2");
        take("hello");
        intake.take("calls", CSV, stream("id,name\n7\n"));
        intake.close();
        assertThat(visibleText()).containsExactly("{\"id\":1}\n", "{\"id\":\n\"2", "hello", "id,name\n7\n");
    }

    /** What its cells become is a setting of the flow. */
    @Test
    void csvGetsAFileOfItsOwnAsItCame() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        intake.take("calls", CSV, stream("id,name\r\n7,\"a\nb\"\r\n"));
        intake.take("calls", JSON, stream("id,name\n8,\n"));
        intake.close();
        assertThat(visibleText()).containsExactly("{\"id\":1}\n", "id,name\r\n7,\"a\nb\"\r\n", "id,name\n8,\n");
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
}
