// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a file before the flow takes it. */
class UploadPreviewTest {

    @TempDir
    Path folder;

    private UploadPreview preview(String name, byte[] content) throws IOException, UploadRefused {
        return UploadPreview.of(Files.write(folder.resolve("staged"), content), name, RecordSize.of("1K"));
    }

    private UploadPreview preview(String name, String content) throws IOException, UploadRefused {
        return preview(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theFirstRecordsAreATable() throws Exception {
        UploadPreview preview = preview("calls.csv", "id,topic\n1,Missed\n2,\n3,c\n4,d\n5,e\n6,f\n");
        assertThat(preview.columns()).containsExactly("id", "topic");
        assertThat(preview.rows()).hasSize(5).startsWith(java.util.List.of("1", "Missed"), java.util.List.of("2", ""));
        assertThat(preview.records()).isEqualTo(6);
        assertThat(preview.bad()).isZero();
    }

    @Test
    void recordsThatCannotBeSentAreCounted() throws Exception {
        UploadPreview preview = preview("calls.ndjson", "{\"id\": 1}\nnothing\n{\"id\": 3}\n");
        assertThat(preview.records()).isEqualTo(3);
        assertThat(preview.bad()).isEqualTo(1);
        assertThat(preview.firstBad()).startsWith("Record 2: ");
    }

    @Test
    void aFileWithoutRecordsIsRefusedInWords() {
        assertThatThrownBy(() -> preview("a.json", "   ")).isInstanceOf(UploadRefused.class);
        assertThatThrownBy(() -> preview("a.json", "hello")).isInstanceOf(UploadRefused.class)
                .hasMessageNotContaining("Exception");
        assertThatThrownBy(() -> preview("a.ndjson", "{\"id\": \"" + "x".repeat(2000) + "\"}\n"))
                .isInstanceOf(UploadRefused.class).hasMessageContaining("longer than 1 KB");
        assertThatThrownBy(() -> preview("a.ndjson", "{\"id\": \"é\"}\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(UploadRefused.class).hasMessageContaining("UTF-8");
    }
}
