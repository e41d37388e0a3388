// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static dev.gtmroutes.record.Reading.describe;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class JsonFormsTest {

    @Test
    void readsLines() throws Exception {
        assertThat(describe("{\"a\":1}\n{\"a\":2}\n")).containsExactly("0@1 {\"a\":1}", "1@2 {\"a\":2}");
    }

    @Test
    void readsLinesWithCarriageReturnsBlankLinesAndNoLastNewline() throws Exception {
        assertThat(describe("\r\n{\"a\":1}\r\n\r\n  \n {\"a\":2} \r\n\n{\"a\":3}"))
                .containsExactly("0@2 {\"a\":1}", "1@5 {\"a\":2}", "2@7 {\"a\":3}");
    }

    @Test
    void numbersAndEscapesArriveAsTheyCame() throws Exception {
        String record = "{ \"n\" : 12345678901234567890.10, \"m\":1.50,\"e\":1E+2, \"s\":\"\\u00e9\\/\", \"x\":\"é😀\" }";
        assertThat(describe(record + "\n" + record)).containsExactly("0@1 " + record, "1@2 " + record);
        assertThat(describe("[" + record + "," + record + "]")).containsExactly("0@1 " + record, "1@1 " + record);
    }

    @Test
    void aBadLineIsBadAlone() throws Exception {
        assertThat(describe("{\"a\":1}\n{\"a\":,}\n{\"a\":3}\n5\n\"x\"\n[1]\nnull\ntrue\n{\"a\":9}"))
                .containsExactly("0@1 {\"a\":1}",
                        "1@2 !not valid JSON: unexpected character ',' at column 6",
                        "2@3 {\"a\":3}", "3@4 !not a JSON object but a number", "4@5 !not a JSON object but a string",
                        "5@6 !not a JSON object but a number", "6@7 !not a JSON object but null",
                        "7@8 !not a JSON object but true or false", "8@9 {\"a\":9}");
    }

    @Test
    void aBadSecondLineDoesNotMakeItPrettyPrinted() throws Exception {
        assertThat(describe("{\"a\":1}\nxx\n{\"a\":3}\n")).containsExactly("0@1 {\"a\":1}",
                "1@2 !not valid JSON: unrecognized token 'xx' at column 1", "2@3 {\"a\":3}");
    }

    @Test
    void aBadFirstLineIsBadAlone() throws Exception {
        assertThat(describe("\"a\":1}\n{\"a\":2}\n")).containsExactly(
                "0@1 !not valid JSON: unexpected character ':' at column 4", "1@2 {\"a\":2}");
        assertThat(describe("{\"a\":\n{\"a\":2}\n")).containsExactly(
                "0@1 !not valid JSON: it ends too early at column 6", "1@2 {\"a\":2}");
    }

    @Test
    void columnsCountCharactersFromTheStartOfTheLine() throws Exception {
        assertThat(describe("{\"a\":1}\n  {\"é😀\":,}\n")).element(1)
                .isEqualTo("1@2 !not valid JSON: unexpected character ',' at column 9");
    }

    @Test
    void aLineThatTheInputCutsSaysSo() throws Exception {
        assertThat(describe("{\"a\":1}\n{\"a\":\"x")).containsExactly(
                "0@1 {\"a\":1}", "1@2 !the input ended inside a record");
        assertThat(describe("{\"a\":1}\n{\"a\":\"x\n")).element(1).asString().contains("it ends too early");
    }

    @Test
    void textBehindAnObjectMakesTheLineBad() throws Exception {
        assertThat(describe("{\"a\":1},\n{\"a\":2}\n{\"a\":3} x\n")).containsExactly(
                "0@1 !not valid JSON: unexpected character ',' at column 8", "1@2 {\"a\":2}",
                "2@3 !not valid JSON: unrecognized token 'x' at column 9");
    }

    @Test
    void readsSeveralObjectsOnALine() throws Exception {
        assertThat(describe("{\"a\":1}{\"a\":2} {\"a\":}\n{\"a\":4}\n")).containsExactly("0@1 {\"a\":1}",
                "1@1 {\"a\":2}", "2@1 !not valid JSON: unexpected character '}' at column 6 of the record",
                "3@2 {\"a\":4}");
        assertThat(describe("{\"a\":1} {\"a\":2}")).containsExactly("0@1 {\"a\":1}", "1@1 {\"a\":2}");
    }

    @Test
    void readsArraysOnLines() throws Exception {
        assertThat(describe("{\"a\":1}\n[{\"a\":2}, 5,{\"a\":3}]\n[]\n{\"a\":4}\n[{\"a\":5}\n{\"a\":6}\n"))
                .containsExactly("0@1 {\"a\":1}", "1@2 {\"a\":2}", "2@2 !not a JSON object but a number",
                        "3@2 {\"a\":3}", "4@4 {\"a\":4}", "5@5 {\"a\":5}",
                        "6@5 !the line ended inside an array, before its closing bracket, so records may be missing",
                        "7@6 {\"a\":6}");
        assertThat(describe("[{\"a\":1}]\n{\"a\"\n[{\"a\":3}]")).containsExactly("0@1 {\"a\":1}",
                "1@2 !not valid JSON: it ends too early at column 5", "2@3 {\"a\":3}");
    }

    @Test
    void readsAnArray() throws Exception {
        assertThat(describe("[]")).isEmpty();
        assertThat(describe(" [ {\"a\":1} ,\n\n{\"a\":[{\"b\":\"]}\\\"\"}]}\n,{}\n] \n")).containsExactly(
                "0@1 {\"a\":1}", "1@3 {\"a\":[{\"b\":\"]}\\\"\"}]}", "2@4 {}");
    }

    @Test
    void readsPrettyPrintedObjects() throws Exception {
        String one = "{\n  \"a\" : 1,\n  \"s\" : \"}{\\\\\",\n  \"o\" : {\n    \"b\" : [ {\n } ]\n  }\n}";
        assertThat(describe(one)).containsExactly("0@1 " + one);
        assertThat(describe(one + "\n" + one + "\n\n" + one)).containsExactly(
                "0@1 " + one, "1@9 " + one, "2@18 " + one);
        assertThat(describe("[\n" + one + ",\n" + one + "\n]")).containsExactly("0@2 " + one, "1@10 " + one);
    }

    @Test
    void aBadPrettyPrintedObjectIsBadAlone() throws Exception {
        assertThat(describe("{\n  \"a\": 1\n}\n{\n  \"a\": x\n}\nrubbish\n{\n  \"a\": 3\n}")).containsExactly(
                "0@1 {\n  \"a\": 1\n}",
                "1@4 !not valid JSON: unrecognized token 'x' at column 8 of line 2 of the record",
                "2@7 !not valid JSON: unrecognized token 'rubbish' at column 1 of the record",
                "3@8 {\n  \"a\": 3\n}");
    }

    @Test
    void aBadElementLeavesItsNeighboursWhole() throws Exception {
        assertThat(describe("[{\"a\":1},{\"a\":},{a:2},[{\"x\":1}],7,\"s,]\",nul,{\"a\":[1},{\"a\":3}]"))
                .containsExactly("0@1 {\"a\":1}",
                        "1@1 !not valid JSON: unexpected character '}' at column 6 of the record",
                        "2@1 !not valid JSON: unexpected character 'a' at column 2 of the record: put names in double "
                                + "quotes",
                        "3@1 !not a JSON object but an array", "4@1 !not a JSON object but a number",
                        "5@1 !not a JSON object but a string",
                        "6@1 !not valid JSON: unrecognized token 'nul' at column 1 of the record",
                        "7@1 !not valid JSON: unexpected '}' at column 8 of the record",
                        "8@1 {\"a\":3}");
    }

    @Test
    void anElementWithoutItsEndDoesNotSwallowTheNext() throws Exception {
        assertThat(describe("[{\"a\":1},{\"a\":2,{\"a\":3},{\"a\":4}]")).extracting(s -> s.split(" at ")[0])
                .containsExactly("0@1 {\"a\":1}", "1@1 !not valid JSON: it ends too early", "2@1 {\"a\":3}",
                        "3@1 {\"a\":4}");
        assertThat(describe("[\n{\"a\":\"1},\n{\"a\":\"2\"},\n{\"a\":\"3\"}\n]")).extracting(s -> s.split(" at ")[0])
                .containsExactly("0@2 !not valid JSON: it ends too early",
                        "1@3 {\"a\":\"2\"}", "2@4 {\"a\":\"3\"}");
        assertThat(describe("[{\"a\":1},{\"a\":2]")).extracting(s -> s.split(" at ")[0])
                .containsExactly("0@1 {\"a\":1}", "1@1 !not valid JSON: it ends too early");
    }

    @Test
    void partsOfABrokenElementAreNotTakenForRecords() throws Exception {
        String good = "{\"id\":1,\"p\":[{\"e\":1},{\"e\":2}],\"t\":\"x\"}";
        for (String broken : new String[] {"{\"id\":2,\"o\"]{\"e\":1},\"p\":[{\"e\":1},{\"e\":2}]}",
                "{\"id\":2,\"p\":{\"e\":1},{\"e\":2}],\"t\":5}", "{\"id\":2,\"p\":[\"e\":1},{\"e\":2}],\"t\":5}",
                "{\"id\":2,\"t:\"x\"}", "{\"id\":2,\"t\":\"x}", "{\"id\":2,\"p\":[{\"e\":1},{\"e\":2},\"t\":5}"}) {
            List<SourceRecord> records = Reading.all("[\n" + good + ",\n" + broken + ",\n" + good + "\n]");
            assertThat(records.stream().filter(SourceRecord::wellFormed)).as(broken).hasSize(2)
                    .allMatch(record -> Reading.text(record).equals(good));
            assertThat(records.size()).as(broken).isGreaterThan(2);
        }
    }

    @Test
    void aLineBreakInAStringIsBadButKeepsTheBorders() throws Exception {
        assertThat(describe("[{\"a\":\"x\n{y\"},{\"a\":2}]")).containsExactly(
                "0@1 !not valid JSON: a line break or other control character inside a string at column 8"
                        + " of the record",
                "1@2 {\"a\":2}");
    }

    @Test
    void aTruncatedArrayDoesNotLoseItsTailSilently() throws Exception {
        assertThat(describe("[{\"a\":1},{\"a\":{\"b\":[{\"c\":1},{\"c\":2}")).containsExactly(
                "0@1 {\"a\":1}", "1@1 !the input ended inside a record");
        for (String end : new String[] {"", ",", "\n", ", "}) {
            assertThat(describe("[{\"a\":1}" + end)).hasSize(2).element(1).asString()
                    .contains("!the input ended inside an array");
        }
        assertThat(describe("[")).singleElement().asString().contains("!the input ended inside an array");
        assertThat(describe("{\n\"a\":1")).containsExactly("0@1 !the input ended inside a record");
    }

    @Test
    void aMissingElementIsReported() throws Exception {
        assertThat(describe("[{\"a\":1},,{\"a\":2},]")).containsExactly("0@1 {\"a\":1}",
                "1@1 !not valid JSON: no value before ',' in the array", "2@1 {\"a\":2}",
                "3@1 !not valid JSON: no value before ']' in the array");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        assertThat(describe("\uFEFF{\"a\":1}")).containsExactly("0@1 {\"a\":1}");
        assertThat(describe("\uFEFF\n[{\"a\":1}]")).containsExactly("0@2 {\"a\":1}");
        assertThat(describe("\uFEFFid,b\n1,2")).containsExactly("0@2 {\"id\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void aByteOrderMarkIsTakenOffEachRecord() throws Exception {
        String mark = "\uFEFF";
        assertThat(describe(
                "{\"a\":1}\n" + mark + "{\"a\":2}\n" + mark + mark + " {\"a\":3}" + mark + "\n" + mark + "\n{\"a\":4}"))
                .containsExactly("0@1 {\"a\":1}", "1@2 {\"a\":2}", "2@3 {\"a\":3}", "3@5 {\"a\":4}");
        assertThat(describe("{\"a\":1}" + mark + "{\"a\":2}\n{\"a\":3}")).containsExactly(
                "0@1 {\"a\":1}", "1@1 {\"a\":2}", "2@2 {\"a\":3}");
        assertThat(describe("[" + mark + "{\"a\":1}," + mark + "{\"a\":2}" + mark + ", {\"a\":\"" + mark + "\"}]" + mark))
                .containsExactly("0@1 {\"a\":1}", "1@1 {\"a\":2}", "2@1 {\"a\":\"" + mark + "\"}");
        assertThat(describe("{\n\"a\":1\n}\n" + mark + "{\n\"a\":2\n}")).containsExactly("0@1 {\n\"a\":1\n}",
                "1@4 {\n\"a\":2\n}");
        assertThat(describe("[{\"a\":1}]\n" + mark + "[{\"a\":2}]")).containsExactly("0@1 {\"a\":1}", "1@2 {\"a\":2}");
        assertThat(describe(Reading.all(java.util.List.of(mark + "{\"a\":1}"), null))).containsExactly("0@0 {\"a\":1}");
        assertThat(describe("id,b\n1,2\n" + mark + "3,4\n" + mark + "\"5\",6")).containsExactly(
                "0@2 {\"id\":\"1\",\"b\":\"2\"}", "1@3 {\"id\":\"3\",\"b\":\"4\"}", "2@4 {\"id\":\"5\",\"b\":\"6\"}");
    }

    @Test
    void nothingHoldsNoRecords() throws Exception {
        assertThat(describe("")).isEmpty();
        assertThat(describe(" \r\n\t\n")).isEmpty();
        assertThat(describe("\uFEFF")).isEmpty();
        assertThat(describe(" ".repeat(300_000) + "\n{\"a\":1}")).containsExactly("0@2 {\"a\":1}");
    }
}
