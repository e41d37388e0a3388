// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.record.read.InputFormat;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import org.junit.jupiter.api.Test;

class NotRecordsTest {

    private static void refused(byte[] content, String name, String reason) {
        assertThatThrownBy(() -> Reading.all(content, name))
                .isInstanceOf(NotRecordsException.class).hasMessageContaining(reason);
    }

    private static void refused(String content, String reason) {
        refused(content.getBytes(StandardCharsets.UTF_8), null, reason);
    }

    @Test
    void refusesMarkup() {
        refused("<?xml version=\"1.0\"?>\n<calls/>", "looks like XML or HTML");
        refused("\n<!doctype html>\n<script>\n{}\n</script>", "looks like XML or HTML");
    }

    @Test
    void refusesWhatIsNotText() {
        refused(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13}, null, "not UTF-8 text");
        refused("{\"a\":\"\0\"}", "not UTF-8 text");
        refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE), null, "not UTF-8 text");
        refused("{\"a\":1}".getBytes(StandardCharsets.UTF_16), null, "not UTF-8 text");
        refused("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), null, "not UTF-8 text");
        refused(new byte[] {'{', '"', (byte) 0xC3}, null, "not UTF-8 text");
    }

    @Test
    void namesTheEncodingThatTheContentIsLikelyIn() {
        refused("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_16LE), null, "UTF-16");
        refused("id,name\n1,Zoe\n".getBytes(StandardCharsets.UTF_16), "x.csv", "UTF-16");
        refused("{\"a\":\"é\"}\n{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1), null, "Windows-1252");
        refused("id,größe\n1,2".getBytes(StandardCharsets.ISO_8859_1), "x.csv", "Windows-1252");
        refused(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, '\n', '{'}, null, "gzip");
        refused(new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0, 8, 0, 0, 0}, "x.csv", "zip");
    }

    @Test
    void whatIsBrokenAtTheBeginningIsARecordsOwnFault() throws Exception {
        assertThat(Reading.describe("{\"id\":1,\"n\":\"a\0b\"}\n{\"id\":2}\n")).containsExactly(
                "0@1 !not valid JSON: a line break or other control character inside a string at column 15",
                "1@2 {\"id\":2}");
        assertThat(Reading.describe("[{\"id\":\"\0\"},{\"id\":2}]")).element(1).isEqualTo("1@1 {\"id\":2}");
        assertThat(Reading.describe("id,n\n1,a\0b\n2,c\n")).containsExactly(
                "0@2 !not valid CSV: unexpected NUL character", "1@3 {\"id\":\"2\",\"n\":\"c\"}");
        byte[] latin = "{\"id\":\"é\"}\n{\"id\":2}\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Reading.describe(Reading.all(latin, null))).containsExactly(
                "0@1 !not UTF-8 text at column 8", "1@2 {\"id\":2}");
        byte[] rows = "id,n\n1,é\n2,c\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Reading.describe(Reading.all(rows, null))).containsExactly(
                "0@2 !not UTF-8 text, perhaps Windows-1252: save the file as UTF-8", "1@3 {\"id\":\"2\",\"n\":\"c\"}");
        try (RecordReader reader = RecordReader.open(latin, null, null)) {
            java.util.BitSet done = new java.util.BitSet();
            done.set(0);
            reader.skip(done);
            assertThat(reader.next().index()).isEqualTo(1);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void refusesPlainText() {
        refused("hello world\nhow are you", "neither JSON nor NDJSON nor CSV");
        refused("42", "neither JSON nor NDJSON nor CSV");
        refused("email\nana@x.example\n", "a CSV file with one column a name that ends with .csv");
        refused("Internal error, try again", "one line of text");
    }

    @Test
    void whatIsEmptyHasNoRecords() throws Exception {
        assertThat(Reading.describe("")).isEmpty();
        assertThat(Reading.describe(" \n\t\n")).isEmpty();
        assertThat(Reading.describe("[]")).isEmpty();
        assertThat(Reading.all("a,b\n".getBytes(StandardCharsets.UTF_8), "x.csv")).isEmpty();
        refused("a,b\n", "one line of text");
    }

    @Test
    void refusesHeadersThatNameNothing() {
        refused("a,,c\n1,2,3", "column 2 has no name");
        refused("a,b,a\n1,2,3", "two columns are named \"a\"");
        refused("a,\"b\nc\"\n1,2", "column 2 contains control characters");
        refused("a,\"b\n1,2", "not CSV with a header row");
    }

    @Test
    void aCharacterOnTheBorderOfTheWindowIsWhole() throws Exception {
        for (int pad = InputFormat.WINDOW - 20; pad < InputFormat.WINDOW + 4; pad++) {
            String record = "{\"a\":\"" + "x".repeat(pad) + "😀é€\"}";
            assertThat(Reading.texts(Reading.all(record))).containsExactly(record);
        }
    }

    @Test
    void laterRubbishIsARecordsOwnFault() throws Exception {
        byte[] content = ("{\"a\":1}\n".repeat(2000) + "{\"a\":\"?\"}\n{\"a\":\"!\"}\n{\"a\":3}")
                .getBytes(StandardCharsets.UTF_8);
        content[16_006] = (byte) 0xFF;
        content[16_016] = 0;
        var records = Reading.all(content, null);
        assertThat(Reading.describe(records.subList(2000, 2003))).containsExactly(
                "2000@2001 !not UTF-8 text at column 7",
                "2001@2002 !not valid JSON: a line break or other control character inside a string at column 7",
                "2002@2003 {\"a\":3}");
    }

    @Test
    void malformedCharactersAreFoundWhereParsersOverlookThem() throws Exception {
        // A surrogate and an overlong form: their continuation bytes are in order.
        for (byte[] bad : new byte[][] {{(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xE0, (byte) 0x80, (byte) 0x80}}) {
            byte[] content = ("{\"a\":1}\n".repeat(2000) + "{\"a\":\"???\"}\n").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bad, 0, content, 16_006, 3);
            assertThat(Reading.all(content, null).get(2000).problem()).isEqualTo("not UTF-8 text at column 7");
        }
    }

    @Test
    void aRefusedStreamIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream("<a/>".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        assertThatThrownBy(() -> RecordReader.open(in, null, null)).isInstanceOf(NotRecordsException.class);
        assertThat(closed).isTrue();
    }

    @Test
    void failuresOfTheSourceSurface() throws Exception {
        assertThatThrownBy(() -> RecordReader.open(Path.of("no", "such", "file.json"), null, null))
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("file.json");
        InputStream in = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ > 100_000) {
                    throw new IOException("disk gone");
                }
                return "{\"a\":1}\n".charAt((given - 1) % 8);
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
        try (RecordReader reader = RecordReader.open(in, null, null)) {
            assertThat(reader.next().wellFormed()).isTrue();
            assertThatThrownBy(() -> reader.forEachRemaining(r -> {}))
                    .isInstanceOf(UncheckedIOException.class).hasMessageContaining("disk gone");
        }
    }
}
