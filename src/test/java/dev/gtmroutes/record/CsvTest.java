// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static dev.gtmroutes.record.Reading.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void rowsBecomeObjectsOfStrings() throws Exception {
        assertThat(describe("id,email,note\n1,a@x.com,\n2,,é😀\r\n")).containsExactly(
                "0@2 {\"id\":\"1\",\"email\":\"a@x.com\"}",
                "1@3 {\"id\":\"2\",\"note\":\"é😀\"}");
    }

    @Test
    void quotedCellsKeepDelimitersNewlinesAndQuotes() throws Exception {
        assertThat(describe("id,\"the, note\"\n1,\"a, \"\"b\"\"\r\nc\"\n\"2\",5\" pipe\n\"\",\"\"\n")).containsExactly(
                "0@2 {\"id\":\"1\",\"the, note\":\"a, \\\"b\\\"\\r\\nc\"}",
                "1@4 {\"id\":\"2\",\"the, note\":\"5\\\" pipe\"}",
                "2@5 {}");
    }

    @Test
    void theDelimiterIsWhatTheHeaderHasMostOf() throws Exception {
        assertThat(describe("a;b, c;d\n1;2,5;\n")).containsExactly("0@2 {\"a\":\"1\",\"b, c\":\"2,5\"}");
        assertThat(describe("a\tb\n1\t2;3,4\n")).containsExactly("0@2 {\"a\":\"1\",\"b\":\"2;3,4\"}");
        assertThat(describe("\"a,b,c\";d\n1;2\n")).containsExactly("0@2 {\"a,b,c\":\"1\",\"d\":\"2\"}");
    }

    @Test
    void aPipeIsADelimiter() throws Exception {
        assertThat(describe("id|name\n1|Alice, Bob\n")).containsExactly("0@2 {\"id\":\"1\",\"name\":\"Alice, Bob\"}");
        assertThat(describe(Reading.all("id|name\n1|\"a|b\"\n", "a.csv")))
                .containsExactly("0@2 {\"id\":\"1\",\"name\":\"a|b\"}");
    }

    @Test
    void oneColumnWithALikelyDelimiterInItIsRefused() {
        for (String name : new String[] {"id^name", "id~name", "id:name", "\"id,name\"", "\"id;name\""}) {
            assertThatThrownBy(() -> Reading.all(name + "\n1\n", "a.csv")).isInstanceOf(NotRecordsException.class)
                    .hasMessageContaining("the header has one column").hasMessageContaining("looks like a delimiter");
        }
    }

    @Test
    void emptyColumnsAtTheEndAreDropped() throws Exception {
        assertThat(describe("id,name,\n1,Alice,\n2,Bob\n3,Eve,x\n4,Dan,,\n")).containsExactly(
                "0@2 {\"id\":\"1\",\"name\":\"Alice\"}", "1@3 {\"id\":\"2\",\"name\":\"Bob\"}",
                "2@4 !the row has 3 cells, the header has 2", "3@5 {\"id\":\"4\",\"name\":\"Dan\"}");
        assertThat(describe("id\tname\t\t\n1\tAlice\t\t\n")).containsExactly("0@2 {\"id\":\"1\",\"name\":\"Alice\"}");
    }

    @Test
    void theFirstLineMaySayTheDelimiter() throws Exception {
        for (String says : new String[] {"sep=;", "SEP=;", "\"sep=;\"", "\uFEFFsep=;"}) {
            assertThat(describe(says + "\r\nid;name, first\r\n1;Alice\r\n")).as(says)
                    .containsExactly("0@3 {\"id\":\"1\",\"name, first\":\"Alice\"}");
        }
        assertThat(describe("sep=^\nid^name\n1^a,b\n")).containsExactly("0@3 {\"id\":\"1\",\"name\":\"a,b\"}");
        assertThat(describe("sep=\t\nid\tname\n1\tb\n")).containsExactly("0@3 {\"id\":\"1\",\"name\":\"b\"}");
    }

    @Test
    void theHeaderOnceMoreIsNoRecord() throws Exception {
        assertThat(describe("id,name\n1,a\n\uFEFFid, name\n2,id\n")).containsExactly("0@2 {\"id\":\"1\",\"name\":\"a\"}",
                "1@3 !the row repeats the header row: the file may be two files in one",
                "2@4 {\"id\":\"2\",\"name\":\"id\"}");
    }

    @Test
    void whatCannotBeSeenAroundNamesIsNoPartOfThem() throws Exception {
        assertThat(describe("\u00A0id\u00A0,\u200Bfirst name\u200B, e\u00A0mail\uFEFF\n1,2,3\n")).containsExactly(
                "0@2 {\"id\":\"1\",\"first name\":\"2\",\"e\u00A0mail\":\"3\"}");
    }

    @Test
    void raggedRowsAreBadAlone() throws Exception {
        assertThat(describe("a,b\n1\n1,2,3\n1,2\n")).containsExactly("0@2 !the row has 1 cell, the header has 2",
                "1@3 !the row has 3 cells, the header has 2", "2@4 {\"a\":\"1\",\"b\":\"2\"}");
        assertThat(Reading.all("a,b\n1,2,3\r\n1,2\n").get(0).bytes()).asString().isEqualTo("1,2,3");
    }

    @Test
    void blankRowsAreSkipped() throws Exception {
        assertThat(describe("a,b\n\n1,2\n \r\n,\n3,4\n\n")).containsExactly(
                "0@3 {\"a\":\"1\",\"b\":\"2\"}", "1@6 {\"a\":\"3\",\"b\":\"4\"}");
    }

    @Test
    void aWronglyQuotedRowIsBadAlone() throws Exception {
        assertThat(describe("a,b\n\"x\"y,2\n3,4\n")).containsExactly(
                "0@2 !not valid CSV: text after the closing quote of a cell", "1@3 {\"a\":\"3\",\"b\":\"4\"}");
        assertThat(describe("a,b\n\"x,2\n3,4\n5,6")).containsExactly(
                "0@2 !not valid CSV: a quoted cell is not closed",
                "1@3 {\"a\":\"3\",\"b\":\"4\"}", "2@4 {\"a\":\"5\",\"b\":\"6\"}");
    }

    @Test
    void aCarriageReturnInsideARowIsBad() throws Exception {
        assertThat(describe("a,b\n1,2\r3,4\n5,6")).containsExactly(
                "0@2 !not valid CSV: a carriage return outside quotes", "1@3 {\"a\":\"5\",\"b\":\"6\"}");
    }

    @Test
    void oneColumnNeedsAName() throws Exception {
        byte[] content = "email\na@x.com\n\"b\"\n\n".getBytes(StandardCharsets.UTF_8);
        for (String name : new String[] {"list.csv", "LIST.CSV", "text/csv; charset=utf-8"}) {
            assertThat(describe(Reading.all(content, name))).containsExactly(
                    "0@2 {\"email\":\"a@x.com\"}", "1@3 {\"email\":\"b\"}");
        }
        assertThat(Reading.all("id,email".getBytes(StandardCharsets.UTF_8), "x.csv")).isEmpty();
    }

    @Test
    void theContentWinsOverTheName() throws Exception {
        assertThat(describe(Reading.all("{\"a\":1}", "x.csv"))).containsExactly("0@1 {\"a\":1}");
        assertThat(describe(Reading.all("a,b\n1,2", "x.json"))).containsExactly("0@2 {\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void cellsWithJsonOnTheirOwnLinesAreCellsIfTheNameSaysCsv() throws Exception {
        assertThat(describe(Reading.all("a,b\n1,\"\n{x\n}\"\n", "x.csv"))).containsExactly(
                "0@2 {\"a\":\"1\",\"b\":\"\\n{x\\n}\"}");
    }

    @Test
    void manyColumnsAndLongRows() throws Exception {
        StringBuilder header = new StringBuilder("c0");
        StringBuilder row = new StringBuilder("v".repeat(200_000));
        for (int i = 1; i < 3000; i++) {
            header.append(",c").append(i);
            row.append(',').append(i);
        }
        var records = Reading.all((header + "\n" + row + "\n" + row).getBytes(StandardCharsets.UTF_8), null);
        assertThat(records).hasSize(2).allMatch(SourceRecord::wellFormed);
        assertThat(Reading.text(records.get(1))).endsWith("\"c2999\":\"2999\"}");
    }

    @Test
    void aRowThatIsTooLongIsBadAlone() throws Exception {
        String content = "a,b\n1,2\n3,\"" + "x\n".repeat(9 << 20) + "\"\n5,6\n";
        var records = Reading.all(new java.io.ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), null);
        assertThat(records).extracting(SourceRecord::problem).containsExactly(null, RecordSize.DEFAULT.exceeded(), null);
        assertThat(records.get(1).bytes()).hasSize(RecordReader.MAX_RAW_BYTES).startsWith('3', ',', '"', 'x');
        assertThat(records.get(2).line()).isEqualTo(4 + (9 << 20));
    }
}
