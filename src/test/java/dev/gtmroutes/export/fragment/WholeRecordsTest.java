// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeRecordsTest {

    @TempDir
    Path folder;

    private void check(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("fragment"), content);
        try (FileChannel channel = FileChannel.open(file)) {
            WholeRecords.check(channel);
        }
    }

    @Test
    void aByteOrderMarkMayStandBeforeRecords() {
        assertThatCode(() -> check("\uFEFF{\"a\":1}\n{\"a\":2}\n")).doesNotThrowAnyException();
        assertThatCode(() -> check("{\"a\":1}\n\uFEFF{\"a\":2}")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("\uFEFFx")).hasMessageContaining("does not begin with a record");
        assertThatThrownBy(() -> check("{\"a\":1}\n\uFEFF{\"a\":")).hasMessageContaining("ends inside a record");
    }
}
