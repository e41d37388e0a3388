// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code csvTypes} and {@code csvEmpty} make of cells. */
class CsvTypesTest {

    private static final CsvCells AUTO = CsvCells.of("auto", "omit");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String cell(String cell) throws Exception {
        String row = Reading.csv("a,b\n\"" + cell.replace("\"", "\"\"") + "\",x\n", AUTO).get(0);
        return row.substring("{\"a\":".length(), row.length() - ",\"b\":\"x\"}".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "-5", "1.5", "-0.25", "1.10", "100", "0.000123", "999999999999999", "-999999999999999",
            "12345678.9012345", "true", "false", "null", "{}", "[]", "{\"a\":[1,{\"b\":null}]}", "[1, \"x\\u00e9\", 2.50]"})
    void valuesOfJsonBecomeWhatTheyAre(String cell) throws Exception {
        assertThat(cell(cell)).isEqualTo(cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "00", "-07", "+5", "+49 30 1", "1E5", "1e5", "2e-3", "1,5", ".5", "5.", "1.", "-", "--1",
            "1-2",
            "0x1F", "1_000", "1000000000000000", "1234567890123456", "0.1234567890123456", "123456789012345678901234567890",
            "2026-01-02", "10:30", "Infinity", "NaN", "True", "nullable", "NULL", "truth", "TRUEST", "[draft] x", "{name}",
            "[1,", "{\"a\":1} {\"b\":2}", "{'a':1}", "[1] 2", "\u0661"})
    void whatWouldLoseSomethingStaysText(String cell) throws Exception {
        assertThat(cell(cell)).isEqualTo(JSON.writeValueAsString(cell));
    }

    @Test
    void spreadsheetsWriteBooleansInCapitalsAndPeopleWriteBlanks() throws Exception {
        assertThat(cell("TRUE")).isEqualTo("true");
        assertThat(cell("FALSE")).isEqualTo("false");
        assertThat(Reading.csv("a, b, c\n 5 , true,\t[1]\n", AUTO)).containsExactly("{\"a\":5,\"b\":true,\"c\":[1]}");
        assertThat(cell(" 007 ")).isEqualTo("\" 007 \"");
    }

    @Test
    void quotesSayNothingOfTheType() throws Exception {
        assertThat(Reading.csv("a,b\n\"5\",\"\"\n", AUTO)).containsExactly("{\"a\":5}");
    }

    @Test
    void textIsTheDefaultAndKeepsEverything() throws Exception {
        String csv = "id,owner.id,list\n5,true,[1]\nnull,,\"{\"\"a\"\":1}\"\n";
        assertThat(Reading.csv(csv, CsvCells.DEFAULT)).containsExactly(
                "{\"id\":\"5\",\"owner.id\":\"true\",\"list\":\"[1]\"}", "{\"id\":\"null\",\"list\":\"{\\\"a\\\":1}\"}");
        assertThat(CsvCells.of("", null)).isEqualTo(CsvCells.DEFAULT).isEqualTo(CsvCells.of("text", "omit"));
    }

    @Test
    void emptyCellsAreLeftOutOrKept() throws Exception {
        String csv = "a,b.c,b.d,e\n1,,,\n,2,\"\",x\n";
        assertThat(Reading.csv(csv, CsvCells.of("text", "omit"))).containsExactly("{\"a\":\"1\"}",
                "{\"b.c\":\"2\",\"e\":\"x\"}");
        assertThat(Reading.csv(csv, CsvCells.of("text", "text"))).containsExactly(
                "{\"a\":\"1\",\"b.c\":\"\",\"b.d\":\"\",\"e\":\"\"}", "{\"a\":\"\",\"b.c\":\"2\",\"b.d\":\"\",\"e\":\"x\"}");
        assertThat(Reading.csv(csv, CsvCells.of("auto", "omit"))).containsExactly("{\"a\":1}",
                "{\"b\":{\"c\":2},\"e\":\"x\"}");
        assertThat(Reading.csv(csv, CsvCells.of("auto", "text"))).containsExactly(
                "{\"a\":1,\"b\":{\"c\":\"\",\"d\":\"\"},\"e\":\"\"}", "{\"a\":\"\",\"b\":{\"c\":2,\"d\":\"\"},\"e\":\"x\"}");
    }

    @Test
    void dottedHeadersNest() throws Exception {
        assertThat(Reading.csv("owner.id,name,owner.mail.work,\"o\"\"x.y\"\n7,Ann,a@x.com,z\n", AUTO))
                .containsExactly(
                        "{\"owner\":{\"id\":7,\"mail\":{\"work\":\"a@x.com\"}},\"name\":\"Ann\",\"o\\\"x\":{\"y\":\"z\"}}");
        assertThat(Reading.csv("No.,Approx. value,.a,b..c,v. 1\n1,2,3,4,5\n", AUTO))
                .containsExactly("{\"No.\":1,\"Approx. value\":2,\".a\":3,\"b..c\":4,\"v. 1\":5}");
    }

    @Test
    void numberedHeadersAreArrays() throws Exception {
        String header = "p.1.mail,p.0.mail,p.0.name,tags.0,tags.1,year.2025,0\n";
        assertThat(Reading.csv(header + "b,a,Ann,x,y,5,6\n,c,,,z,,\n,,,,,7,\n", AUTO)).containsExactly(
                "{\"p\":[{\"mail\":\"a\",\"name\":\"Ann\"},{\"mail\":\"b\"}],\"tags\":[\"x\",\"y\"],"
                        + "\"year\":{\"2025\":5},\"0\":6}",
                "{\"p\":[{\"mail\":\"c\"}],\"tags\":[\"z\"]}", "{\"year\":{\"2025\":7}}");
        assertThat(Reading.csv("p.1,p.2\na,b\n", AUTO)).containsExactly("{\"p\":{\"1\":\"a\",\"2\":\"b\"}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "owner,owner.id | the column \"owner\" is a value, and the column \"owner.id\" makes it an object",
            "a.b.c,x,a.b | the column \"a.b\" is a value, and the column \"a.b.c\" makes it an object",
            "x,participants[].email | the name of column 2, \"participants[].email\", ends in []"})
    void aContradictionInTheHeaderIsRefused(String header, String why) throws Exception {
        String csv = header + "\n" + header.replaceAll("[^,]+", "1") + "\n";
        assertThatThrownBy(() -> Reading.csv(csv, AUTO)).isInstanceOf(NotRecordsException.class)
                .hasMessageStartingWith("The content is not CSV with a header row: ").hasMessageContaining(why.strip())
                .hasMessageContaining("set csvTypes to text");
        assertThat(Reading.csv(csv, CsvCells.DEFAULT)).hasSize(1);
    }

    @Test
    void aHeaderDoesNotNestWithoutEnd() {
        assertThatThrownBy(() -> Reading.csv("x,a" + ".a".repeat(5000) + "\n1,1\n", AUTO))
                .isInstanceOf(NotRecordsException.class).hasMessageContaining("nests deeper than 50 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void allDelimitersAndMarksAreRead(String delimiter) throws Exception {
        String csv = "\uFEFFid,o.n,j\r\n7,1.5,\"{\"\"a\"\":[1,2;3]}\"\r\n8,,\"[\n1\n]\"\r\n".replace("2;3", "2")
                .replace("1,2", "1\t2")
                .replace(",", delimiter).replace("1\t2", "1,2");
        assertThat(Reading.csv(csv, AUTO)).containsExactly("{\"id\":7,\"o\":{\"n\":1.5},\"j\":{\"a\":[1,2]}}",
                "{\"id\":8,\"j\":[\n1\n]}");
    }

    @Test
    void jsonWithTheDelimiterOfALessUsualFileNeedsNoQuotes() throws Exception {
        assertThat(Reading.csv("id;j\n7;{\"a\":1,\"b\":[2]}\n", AUTO))
                .containsExactly("{\"id\":7,\"j\":{\"a\":1,\"b\":[2]}}");
    }

    @Test
    void anyOtherValueOfTheSettingsIsRefused() {
        assertThatThrownBy(() -> CsvCells.of("automatic", ""))
                .hasMessage("csvTypes: 'automatic' is not allowed. Enter text or auto");
        assertThatThrownBy(() -> CsvCells.of("", "null")).hasMessage("csvEmpty: 'null' is not allowed. Enter omit or text");
    }

    @Test
    void aRowIsTheSameOneWhateverItsCellsBecome() throws Exception {
        String csv = "a,b.c\n1,\n";
        for (CsvCells each : List.of(CsvCells.DEFAULT, AUTO, CsvCells.of("text", "text"), CsvCells.of("auto", "text"))) {
            try (RecordReader reader = RecordReader.open(csv, "x.csv", null, RecordSize.DEFAULT, each)) {
                assertThat(reader.next().identity()).as(each.toString()).asString().isEqualTo("{\"a\":\"1\",\"b.c\":\"\"}");
            }
        }
    }

    /** 20,000 random rows: text keeps each cell, and auto keeps each digit. */
    @Test
    void nothingIsLostWhateverIsInACell() throws Exception {
        Random random = new Random(22);
        List<String[]> rows = new ArrayList<>();
        StringBuilder csv = new StringBuilder("a,b.c,b.d\n");
        for (int i = 0; i < 20_000; i++) {
            String[] row = {random(random), random(random), "x" + random(random)};
            rows.add(row);
            for (int k = 0; k < row.length; k++) {
                csv.append(k == 0 ? "" : ",").append('"').append(row[k].replace("\"", "\"\"")).append('"');
            }
            csv.append('\n');
        }
        List<String> texts = Reading.csv(csv.toString(), CsvCells.of("text", "text"));
        List<String> autos = Reading.csv(csv.toString(), AUTO);
        assertThat(texts).hasSize(rows.size());
        assertThat(autos).hasSize(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            JsonNode text = JSON.readTree(texts.get(i));
            assertThat(new String[] {text.get("a").textValue(), text.get("b.c").textValue(), text.get("b.d").textValue()})
                    .isEqualTo(row);
            checkAuto(row[0], token(autos.get(i), "/a"));
            checkAuto(row[1], token(autos.get(i), "/b/c"));
        }
    }

    private static void checkAuto(String cell, String[] token) {
        if (token == null) {
            assertThat(cell).isBlank();
        } else if (token[0].startsWith("VALUE_NUMBER")) {
            assertThat(token[1]).isEqualTo(cell.strip());
            // What a receiver with floating-point numbers of 64 bits reads and writes is the same number.
            assertThat(BigDecimal.valueOf(Double.parseDouble(token[1]))).isEqualByComparingTo(new BigDecimal(cell.strip()));
        } else if (token[0].equals("VALUE_STRING")) {
            assertThat(token[1]).isEqualTo(cell);
        } else {
            assertThat(cell.strip().toLowerCase(java.util.Locale.ROOT)).startsWith(token[1].substring(0, 1));
        }
    }

    /** The kind and the text of the value at a place; null if there is none. */
    private static String[] token(String json, String pointer) throws Exception {
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.getParsingContext().pathAsPointer().toString().equals(pointer) && token != JsonToken.FIELD_NAME) {
                    return new String[] {token.name(), parser.getText()};
                }
            }
            return null;
        }
    }

    private static String random(Random random) {
        String alphabet = random.nextInt(4) == 0 ? "0123456789.-+eE {}[]\",:ntrufalse\n\té\uD83D\uDE00" : "0123456789.-0";
        StringBuilder text = new StringBuilder();
        int[] points = alphabet.codePoints().toArray();
        for (int length = random.nextInt(20); length > 0; length--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
