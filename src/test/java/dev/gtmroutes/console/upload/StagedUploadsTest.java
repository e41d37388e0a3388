// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedUploadsTest {

    private static final int MOST = 20;
    private static final String FLOW = "calls";

    @TempDir
    Path data;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whose first byte comes when all are asked for theirs, and somebody has said so. */
    private static InputStream late(CountDownLatch asked, CountDownLatch sent) {
        return new InputStream() {

            private final InputStream body = body("{}\n");

            @Override
            public int read() throws IOException {
                throw new IOException("reads more than a byte at a time");
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                asked.countDown();
                try {
                    assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return body.read(buffer, from, length);
            }
        };
    }

    @Test
    void uploadsThatStillArriveCount() throws Exception {
        StagedUploads uploads = new StagedUploads(data);
        CountDownLatch asked = new CountDownLatch(MOST);
        CountDownLatch sent = new CountDownLatch(1);
        List<Future<String>> arriving = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            arriving.add(threads.submit(() -> uploads.stage(FLOW, "a.ndjson", late(asked, sent), 100)));
        }
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> uploads.stage(FLOW, "a.ndjson", body("{}\n"), 100)).isInstanceOf(UploadRefused.class);

        sent.countDown();
        List<String> ids = new ArrayList<>();
        for (Future<String> each : arriving) {
            ids.add(each.get());
        }
        assertThatThrownBy(() -> uploads.stage(FLOW, "a.ndjson", body("{}\n"), 100)).isInstanceOf(UploadRefused.class);
        uploads.discard(FLOW, ids.get(0));
        uploads.discard(FLOW, ids.get(0));
        uploads.publish(FLOW, ids.get(1));
        assertThatThrownBy(() -> uploads.stage(FLOW, "a.ndjson", body("too long"), 1)).isInstanceOf(UploadRefused.class);
        uploads.stage(FLOW, "a.ndjson", body("{}\n"), 100);
        uploads.stage(FLOW, "a.ndjson", body("{}\n"), 100);
        assertThatThrownBy(() -> uploads.stage(FLOW, "a.ndjson", body("{}\n"), 100)).isInstanceOf(UploadRefused.class);
    }

    @Test
    void aFileOfAnotherWriterIsNotReplaced() throws Exception {
        int rounds = 100;
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<?>> both = new ArrayList<>();
        for (String writer : List.of("one", "other")) {
            StagedUploads uploads = new StagedUploads(data);
            both.add(threads.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    String id = uploads.stage(FLOW, round + ".ndjson", body(writer), 100);
                    together.await(10, TimeUnit.SECONDS);
                    uploads.publish(FLOW, id);
                }
                return null;
            }));
        }
        for (Future<?> each : both) {
            each.get();
        }
        try (Stream<Path> files = Files.list(data.resolve("inbox").resolve(FLOW))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2 * rounds);
        }
        try (Stream<Path> staged = Files.list(data.resolve("inbox").resolve(FLOW).resolve(StagedUploads.FOLDER))) {
            assertThat(staged).isEmpty();
        }
    }
}
