// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFilesTest {

    @TempDir
    Path directory;

    @Test
    void attributesOfAllRecordsCount() throws IOException {
        assertThat(read("things.sample.json", "[{\"a\":1},{\"b\":{\"c\":null}}]")).containsExactly("a", "b", "b.c");
        assertThat(read("things.ndjson", "{\"a\":1}\nnothing\n{\"b\":2}\n")).containsExactly("a", "b");
        assertThat(read("things.csv", "a,b\n1,2\n")).containsExactly("a", "b");
    }

    @Test
    void whatHoldsNoRecordsSaysNothing() throws IOException {
        assertThat(read("empty.json", "")).isEmpty();
        assertThat(UriVariables.in("/a/{b}/{c.d}{?e,f*}{g:3}{{h}}")).containsExactly("b", "c.d", "e", "f", "g");
    }

    /** They may hold records of customers. */
    @Test
    void samplesOfFlowsStayOutOfCommitsAndImages() throws IOException {
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("routes/flows/*.sample.json");
        assertThat(Files.readAllLines(Path.of(".dockerignore"))).contains("routes/flows/*.sample.json");
    }

    private Iterable<String> read(String name, String text) throws IOException {
        return SampleFiles.read(Files.writeString(directory.resolve(name), text)).attributes();
    }
}
