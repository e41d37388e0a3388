// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import dev.gtmroutes.peopleai.SandboxExport;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export ends complete, whatever the sandbox's export API says and keeps otherwise than it should. */
class ExportFaultsTest {

    private static final int RECORDS = 200;

    @TempDir
    private Path data;

    private final Sandbox sandbox = Sandbox.start(0).setTime(Instant.now());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void endsComplete(Consumer<ExportFaults> faults) throws Exception {
        sandbox.exports().take(Duration.ZERO, Duration.ZERO);
        faults.accept(sandbox.exportFaults());
        try (SandboxExport export = new SandboxExport(data, sandbox,
                "startDate=2026-02-01&endDate=2026-02-10&exportType=delta")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> export.watermark().equals("2026-02-10"));
            assertThat(export.records()).hasSize(RECORDS).doesNotHaveDuplicates();
        }
    }

    @Test
    void whereTheCountIsTheLastIndex() throws Exception {
        endsComplete(each -> each.lastIndex(true));
    }

    @Test
    void whereTheCountHasTheOtherNameAndTheSizeIsNotSaid() throws Exception {
        endsComplete(each -> each.countName("fragment").lastIndex(true).withoutSize(true));
    }

    @Test
    void whereFragmentsBeginWithAByteOrderMark() throws Exception {
        endsComplete(each -> each.marked(true));
    }

    @Test
    void whereFragmentsAreAtTheOtherAddress() throws Exception {
        endsComplete(each -> each.onlyOther(true));
    }

    @Test
    void whereDownloadsLackRecords() throws Exception {
        sandbox.downloads().shortenNext(1, 1, 0.3).shortenNext(1, 3, 0);
        endsComplete(each -> {});
    }
}
