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
            WholeRecords.check(channel, content.lines().count());
        }
    }

    @Test
    void aByteOrderMarkMayStandBeforeTheLastRecord() {
        assertThatCode(() -> check("{\"a\":1}\n\uFEFF{\"a\":2}")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("x")).hasMessageContaining("does not begin with a record");
        assertThatThrownBy(() -> check("{\"a\":1}\n\uFEFF{\"a\":")).hasMessageContaining("ends inside a record");
    }

    @Test
    void anErrorAloneIsNoRecord() {
        assertThatThrownBy(() -> check("{\"error\":\"the file is not ready\"}\n"))
                .hasMessage("the download is an error, not a record: {\"error\":\"the file is not ready\"}");
        assertThatThrownBy(() -> check("{\"status\":500,\"errors\":[{\"code\":7}]}")).hasMessageContaining("is an error");
        assertThatCode(() -> check("{\"uid\":\"1\",\"error\":\"of the activity\"}")).doesNotThrowAnyException();
        assertThatCode(() -> check("{\"error\":null}")).doesNotThrowAnyException();
        assertThatCode(() -> check("{\"error\":1}\n{\"error\":2}\n")).doesNotThrowAnyException();
    }
}
