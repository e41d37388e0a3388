// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of a million records: each arrives once, also over a restart, and of a second read only what changed. */
@Tag("long")
class ManyRecordsTest {

    private static final long RECORDS = 1_000_000;
    private static final int PAGE = 5000;
    private static final String LIST = "path=/offset&paging=offset&pageSize=" + PAGE;

    @TempDir
    private Path data;

    private final AtomicLong changed = new AtomicLong();

    private String page(long offset) {
        return LongStream.range(offset, Math.min(RECORDS, offset + PAGE))
                .mapToObj(each -> "{\"id\":%d,\"v\":%d}".formatted(each, each % 1000 == 0 ? changed.get() : 0))
                .collect(Collectors.joining(",", "{\"data\":[", "],\"meta\":{\"total\":" + RECORDS + "}}"));
    }

    private long read(ListServer server, long enough) throws Exception {
        AtomicLong arrived = new AtomicLong();
        try (ListFlow flow = new ListFlow(data, server, LIST + "&period=1ms", chunk -> arrived
                .addAndGet(chunk.getMessage().getBody(String.class).lines().count()), false)) {
            await().atMost(Duration.ofMinutes(5)).until(() -> arrived.get() >= enough);
        }
        return arrived.get();
    }

    @Test
    void eachArrivesOnceUnlessItChanges() throws Exception {
        try (ListServer server = new ListServer()) {
            server.interception = query -> page(Long.parseLong(query.get("offset")));
            long first = read(server, RECORDS / 2);
            long second = read(server, RECORDS - first);

            assertThat(first + second).isEqualTo(RECORDS);
            changed.set(1);
            assertThat(read(server, RECORDS / 1000)).isEqualTo(RECORDS / 1000);
        }
    }
}
