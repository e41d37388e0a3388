// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.PlainCamel;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is to be removed undelivered, and may be in work. */
class WaitingFileTest {

    @TempDir
    Path inbox;

    @Test
    void aFileInWorkStaysUnderAnyNameOfItsFolder() throws Exception {
        try (DefaultCamelContext camel = PlainCamel.create()) {
            Path file = Files.writeString(inbox.resolve("a"), "x");
            Path spelled = inbox.resolve(".").resolve("a");
            FilesUnderWay.of(camel).take(spelled);

            assertThat(new WaitingFile(camel, file).delete()).isFalse();
            assertThat(file).exists();

            FilesUnderWay.of(camel).end(spelled);
            Files.writeString(inbox.resolve(".a.progress"), "x");
            assertThat(new WaitingFile(camel, file).delete()).isTrue();
            assertThat(inbox).isEmptyDirectory();
        }
    }

    @Test
    void aFileInWorkThatWasRenamedStays() throws Exception {
        try (DefaultCamelContext camel = PlainCamel.create()) {
            Path file = Files.writeString(inbox.resolve("a"), "x");
            FilesUnderWay.of(camel).take(file);
            FilesUnderWay.of(camel).identify(file,
                    Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey());
            Path renamed = Files.move(file, inbox.resolve("b"));

            assertThat(new WaitingFile(camel, renamed).delete()).isFalse();
            assertThat(renamed).exists();
        }
    }
}
