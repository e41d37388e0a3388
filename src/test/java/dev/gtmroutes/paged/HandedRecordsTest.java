// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.paged.page.PageRecord;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.sources.KeyFile;
import dev.gtmroutes.sources.RecordKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records are remembered, and what of that outlives the program. */
class HandedRecordsTest {

    @TempDir
    private Path data;

    private HandedRecords open;

    @AfterEach
    void close() {
        open.close();
    }

    private HandedRecords opened(ReadOrder order) throws IOException {
        if (open != null) {
            open.close();
        }
        open = new HandedRecords(data.resolve("state/flow"), order, new Disk());
        open.open();
        return open;
    }

    private static ReadOrder list(String path, String key) {
        return list(path, key, "");
    }

    private static ReadOrder list(String path, String key, String api) {
        ReadParameters list = new ReadParameters();
        list.api = api;
        list.name = "things";
        list.path = path;
        list.key = key;
        return list.order();
    }

    private static RecordForm record(int id, String text) {
        byte[] bytes = "{\"id\":%d,\"text\":\"%s\"}".formatted(id, text).getBytes(StandardCharsets.UTF_8);
        return new PageRecord(bytes, "" + id, null).form();
    }

    @Test
    void aRecordIsNewsAgainOnlyIfItsContentIsAnother() throws IOException {
        HandedRecords handed = opened(list("/things", "id"));
        assertThat(handed.isNews(record(1, "a"))).isTrue();
        handed.add(List.of(record(1, "a"), record(2, "a")));

        assertThat(handed.isNews(record(1, "a"))).isFalse();
        assertThat(handed.isNews(record(1, "b"))).isTrue();
        handed.add(List.of(record(1, "b")));
        assertThat(handed.isNews(record(1, "a"))).as("it changes back").isTrue();
        HandedRecords next = opened(list("/things", "id"));
        assertThat(next.isNews(record(1, "b"))).isFalse();
        assertThat(next.isNews(record(2, "a"))).isFalse();
        assertThat(next.isNews(record(3, "a"))).isTrue();
    }

    @Test
    void ofAnotherListOrByAnotherKeyNothingIsKnown() throws IOException {
        opened(list("/things?sort=id", "id")).add(List.of(record(1, "a")));

        assertThat(opened(list("/things?sort=name", "id")).isNews(record(1, "a"))).isFalse();
        assertThat(opened(list("/things", "text")).isNews(record(1, "a"))).isTrue();
        open.add(List.of(record(1, "a")));
        assertThat(opened(list("/others", "text")).isNews(record(1, "a"))).isTrue();
    }

    @Test
    void ofAnotherAccountNothingIsKnown() throws IOException {
        opened(list("/things", "id", "salesloft-default")).add(List.of(record(1, "a")));

        assertThat(opened(list("/things", "id", "salesloft-default")).isNews(record(1, "a"))).isFalse();
        assertThat(opened(list("/things", "id", "salesloft-other")).isNews(record(1, "a"))).isTrue();
        assertThat(list("/things", "id", "https://user:secret@api.example.com?token=secret").toString())
                .startsWith("/things of https://api.example.com#").doesNotContain("secret");
    }

    @Test
    void whatAnEarlierVersionHasRememberedIsTakenOver() throws IOException {
        List<byte[]> records = IntStream.range(0, 25_000).mapToObj(each -> ("{\"uid\":\"" + each + "\"}")
                .getBytes(StandardCharsets.UTF_8)).toList();
        new KeyFile(data.resolve("state/flow.seen"), new Disk()).append(records.stream().map(RecordKey::of).iterator());

        HandedRecords handed = opened(ReadOrder.activities("all", "2025-01-01", "", 1));
        assertThat(data.resolve("state/flow.seen")).doesNotExist();
        for (byte[] each : records) {
            assertThat(handed.isNews(new PageRecord(each, null, null).form())).isFalse();
        }
        assertThat(handed.isNews(new PageRecord("{}".getBytes(StandardCharsets.UTF_8), null, null).form())).isTrue();
    }

    @Test
    void damagedFilesAreMovedAside() throws IOException {
        opened(list("/things", "id")).add(List.of(record(1, "a")));
        open.close();
        try (Stream<Path> files = Files.list(data.resolve("state/records/flow/handed"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(each, "damaged, at least sixteen bytes long");
            }
        }

        assertThat(opened(list("/things", "id")).isNews(record(1, "a"))).isTrue();
        open.add(List.of(record(1, "a")));
        assertThat(open.isNews(record(1, "a"))).isFalse();
    }
}
