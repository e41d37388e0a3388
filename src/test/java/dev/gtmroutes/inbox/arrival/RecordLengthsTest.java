// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLengthsTest {

    private static final RecordSize SIZE = RecordSize.of("1K");
    private static final String LONG = "{\"a\":\"" + "x".repeat(1024 - 7) + "\"}";
    private static final String FITS = "{\"a\":\"" + "x".repeat(1024 - 8) + "\"}";
    private static final String SMALL = "{\"b\":[1,{\"c\":\"}\\\"\"}]}";

    /** In pieces of so many bytes. */
    private static boolean accepted(BodyFormat format, String body, int piece) {
        RecordLengths lengths = new RecordLengths(format, SIZE);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            if (!lengths.accept(bytes, at, Math.min(bytes.length, at + piece))) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void aRecordThatIsTooLongIsSeenInEachForm(int piece) {
        assertThat(accepted(BodyFormat.JSON, LONG, piece)).isFalse();
        assertThat(accepted(BodyFormat.JSON, "\uFEFF[" + SMALL + ",\n" + LONG + "]", piece)).isFalse();
        assertThat(accepted(BodyFormat.JSON, SMALL + "\n" + LONG, piece)).isFalse();
        assertThat(accepted(BodyFormat.JSON, "{\n\"a\": \"" + "x".repeat(600) + "\",\n\"b\": \"" + "x".repeat(600), piece))
                .isFalse();
        assertThat(accepted(BodyFormat.NDJSON, SMALL + "\n" + LONG + "\n" + SMALL, piece)).isFalse();
        assertThat(accepted(BodyFormat.NDJSON, "[" + SMALL + "," + LONG + "]\n", piece)).isFalse();
        assertThat(accepted(BodyFormat.CSV, "a,b\n" + "x".repeat(1030) + ",1\n2,3\n", piece)).isFalse();
        assertThat(accepted(BodyFormat.CSV, "a,b\n" + "x".repeat(1030), piece)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void manyRecordsThatFitAreTaken(int piece) {
        String many = (FITS + "," + SMALL + ",").repeat(20);
        assertThat(accepted(BodyFormat.JSON, "[" + many + FITS + "]", piece)).isTrue();
        assertThat(accepted(BodyFormat.JSON, (FITS + SMALL).repeat(20), piece)).isTrue();
        assertThat(accepted(BodyFormat.NDJSON, (FITS + "\r\n" + SMALL + "\n").repeat(20), piece)).isTrue();
        assertThat(accepted(BodyFormat.NDJSON, "[" + many + FITS + "]\n", piece)).isTrue();
        assertThat(accepted(BodyFormat.CSV, "a,b\n" + ("x".repeat(1000) + ",1\r\n").repeat(20), piece)).isTrue();
        assertThat(accepted(BodyFormat.CSV, "[" + many + FITS + "]", piece)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void whatIsNoJsonIsLeftToTheReader(int piece) {
        String rest = ("\n" + SMALL).repeat(200);
        for (String broken : new String[] {"{\"a\":1", "{\"a\":\"x", "{\"a\":1,", "{\"a\":[1", "{\"a\":1]", "}",
                "{\"a\":{\"b\":1}"}) {
            assertThat(accepted(BodyFormat.JSON, broken + rest, piece)).as(broken).isTrue();
            assertThat(accepted(BodyFormat.NDJSON, broken + rest, piece)).as(broken).isTrue();
            if (broken.equals("{\"a\":[1")) {
                // With a comma behind it, it is one record that goes on and on.
                continue;
            }
            assertThat(accepted(BodyFormat.JSON, "[" + broken + "," + rest.replace("\n", ",\n").substring(1) + "]", piece))
                    .as(broken).isTrue();
        }
        assertThat(accepted(BodyFormat.CSV, "a,b\n\"" + "x\n".repeat(2000) + "\",1\n", piece)).isTrue();
    }
}
