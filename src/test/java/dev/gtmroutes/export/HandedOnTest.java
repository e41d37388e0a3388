// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.sources.RecordKey;
import dev.gtmroutes.sources.RecordKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandedOnTest {

    private static final Fragment FIRST = fragment("delta 2026-02-01..2026-02-10", "one", 0);
    private static final Fragment OTHER = fragment("delta 2026-02-01..2026-02-10", "one", 1);

    @TempDir
    Path directory;

    private HandedOn handedOn;

    private static Fragment fragment(String window, String job, int index) {
        Days days = new Days(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-02-10"));
        return new Fragment(window, ExportType.DELTA, days, "all", job, index, true, 100);
    }

    @BeforeEach
    void begin() {
        handedOn = new HandedOn(directory.resolve("keys"), new Disk());
    }

    private Path data(String... lines) throws IOException {
        return Files.write(Files.createTempFile(directory, "data", ".ndjson"), List.of(lines));
    }

    private List<String> fresh(Path data, String... windows) throws IOException {
        Path to = directory.resolve("new.ndjson");
        handedOn.copyNew(data, to, List.of(windows));
        return Files.readAllLines(to);
    }

    @Test
    void whatWasHandedOnIsLeftOutAndWhatHasChangedIsNot() throws IOException {
        handedOn.note(FIRST, data("{\"uid\":\"a\",\"n\":1}", "{\"uid\":\"b\",\"n\":1}"));
        handedOn.note(OTHER, data("{\"uid\":\"c\",\"n\":1}"));
        assertThat(fresh(data("{\"uid\":\"a\",\"n\":1}", "{\"uid\":\"b\",\"n\":2}", "{\"uid\":\"c\",\"n\":1}",
                "{\"uid\":\"d\"}"),
                FIRST.window())).containsExactly("{\"uid\":\"b\",\"n\":2}", "{\"uid\":\"d\"}");
    }

    @Test
    void onlyTheseWindowsCountAndOnlyThoseThatAreKept() throws IOException {
        Path data = data("{\"uid\":\"a\"}");
        handedOn.note(FIRST, data);
        assertThat(fresh(data, "delta 2026-02-10..2026-02-11")).hasSize(1);
        handedOn.keepOnly(Set.of(FIRST.window()));
        assertThat(fresh(data, FIRST.window())).isEmpty();
        handedOn.keepOnly(Set.of());
        assertThat(fresh(data, FIRST.window())).hasSize(1);
    }

    @Test
    void aFragmentThatIsNotedAgainCountsOnce() throws IOException {
        handedOn.note(FIRST, data("{\"uid\":\"a\"}", "{\"uid\":\"b\"}"));
        handedOn.note(FIRST, data("{\"uid\":\"a\"}"));
        assertThat(directory.resolve("keys/delta-2026-02-01..2026-02-10/one-0")).hasSize(RecordKey.BYTES);
    }

    @Test
    void keysAreToldApart() {
        RecordKeys keys = new RecordKeys(1000);
        for (int i = 0; i < 1000; i++) {
            keys.add(key(i));
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(keys.contains(key(i))).isTrue();
            assertThat(keys.contains(key(1000 + i))).isFalse();
        }
    }

    private static RecordKey key(int number) {
        return RecordKey.of(String.valueOf(number).getBytes(StandardCharsets.UTF_8));
    }
}
