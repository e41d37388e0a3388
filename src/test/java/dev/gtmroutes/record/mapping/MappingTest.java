// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String mapped(String map, boolean others, String record) throws UnfitRecordException {
        SourceRecord source = new SourceRecord(record.getBytes(StandardCharsets.UTF_8), 0, 7, null);
        return new String(Mapping.of(map, others).apply(source, RunValues.of("calls.csv"), RecordSize.DEFAULT),
                StandardCharsets.UTF_8);
    }

    /** Only what the mapping makes. */
    private static String made(String map, String record) throws UnfitRecordException {
        return mapped(map, false, record);
    }

    @Test
    void itTellsWhichValuesOfTheRunItReads() {
        assertThat(Mapping.of("""
                # not {now}
                a.b = {now:epoch}
                c = {a} at { uuid }
                d = {line|0}
                e = {"file"}
                f = {file:text}
                g = {now.a}
                """, true).runValues()).extracting(each -> each.target() + " " + each.name())
                .containsExactly("a.b now", "c uuid", "d line", "f file");
    }

    @Test
    void attributesKeepTheirVeryBytes() throws Exception {
        assertThat(made("x = {a}\ny.z = {b.c}\nw = {d}", """
                {"a" : 1.0e5, "b":{"c":12345678901234567890123456789.10}, "d" : "\\u00e9\\/\\ud83d é" }"""))
                .isEqualTo("{\"x\":1.0e5,\"y\":{\"z\":12345678901234567890123456789.10},\"w\":\"\\u00e9\\/\\ud83d é\"}");
        assertThat(made("x = {a}", "{\"a\":[1, {\"b\" : \"]}\\\"\"} ]}")).isEqualTo("{\"x\":[1, {\"b\" : \"]}\\\"\"} ]}");
        assertThat(made("x={a}\ny={n}", "{\"a\":true,\"n\":null}")).isEqualTo("{\"x\":true,\"y\":null}");
    }

    @Test
    void otherAttributesStayWithTheirBytesAndInTheirOrder() throws Exception {
        assertThat(mapped("b = {a}\nnew = 1", true, "{ \"z\" : 1.50,\"b\":2 , \"a\":\"x\",\"e\": {\"f\":[ ]} }"))
                .isEqualTo("{\"z\" : 1.50,\"a\":\"x\",\"e\": {\"f\":[ ]},\"b\":\"x\",\"new\":1}");
        assertThat(mapped("a = 1", true, "{}")).isEqualTo("{\"a\":1}");
        assertThat(mapped("", true, "{ \"a\" : 1 }")).isEqualTo("{ \"a\" : 1 }");
        assertThat(mapped("# nothing\n\n", true, "{ \"a\" : 1 }")).isEqualTo("{ \"a\" : 1 }");
    }

    @Test
    void aTargetReplacesWhatTheRecordHasThere() throws Exception {
        assertThat(mapped("a = {b}", true, "{\"a\":1,\"a\":2,\"b\":3}")).isEqualTo("{\"b\":3,\"a\":3}");
        assertThat(mapped("a = {b}", true, "{\"a\":1,\"c\":2}")).isEqualTo("{\"c\":2}");
        assertThat(mapped("name = {name|drop}", true, "{\"name\":\"\",\"c\":2}")).isEqualTo("{\"c\":2}");
        assertThat(mapped("owner.id = {n}", true, "{\"owner\":{\"name\" : \"x\",\"id\":1},\"n\":2}"))
                .isEqualTo("{\"n\":2,\"owner\":{\"name\" : \"x\",\"id\":2}}");
        assertThat(mapped("owner.id = {n}", true, "{\"owner\":\"x\",\"owner.id\":1,\"n\":2}"))
                .isEqualTo("{\"n\":2,\"owner\":{\"id\":2}}");
        assertThat(mapped("p[].x = {n}", true, "{\"p\":[{\"y\":1}],\"n\":2}")).isEqualTo("{\"n\":2,\"p\":[{\"x\":2}]}");
        assertThat(mapped("\\u0061 = {n}".replace("\\u0061", "\"\\u0061\""), true, "{\"\\u0061\":1,\"n\":2}"))
                .isEqualTo("{\"n\":2,\"a\":2}");
        assertThat(mapped("x = {a}", true, "{\"a\":1}")).as("a source stays").isEqualTo("{\"a\":1,\"x\":1}");
        assertThat(mapped("a = {b}\nb = {a}", true, "{\"a\":1,\"b\":2}")).isEqualTo("{\"a\":2,\"b\":1}");
    }

    @Test
    void constantsAreJsonOrText() throws Exception {
        assertThat(made("""
                number = 5
                long = 1.50e3
                yes = true
                none = null
                text = call
                digits = "5"
                zeros = 007
                object = {"a": [1, "x"]}
                list = []
                empty = ""
                escaped = "a \\"b\\" \\u007bc} é"
                unicode = Grüße 李雷 😀
                words = a = b, c # d
                nothing = {}
                """, "{}")).isEqualTo("{\"number\":5,\"long\":1.50e3,\"yes\":true,\"none\":null,\"text\":\"call\","
                + "\"digits\":\"5\",\"zeros\":\"007\",\"object\":{\"a\": [1, \"x\"]},\"list\":[],\"empty\":\"\","
                + "\"escaped\":\"a \\\"b\\\" \\u007bc} é\",\"unicode\":\"Grüße 李雷 😀\","
                + "\"words\":\"a = b, c # d\",\"nothing\":{}}");
    }

    @Test
    void textsHaveValuesInThem() throws Exception {
        assertThat(made("subject = Call with {name} (\"{n}\")", "{\"name\":\"A\\u00e9\\\"\",\"n\":1.0e5}"))
                .isEqualTo("{\"subject\":\"Call with A\\u00e9\\\" (\\\"1.0e5\\\")\"}");
        assertThat(made("s = {a} {b|}", "{\"a\":true}")).isEqualTo("{\"s\":\"true \"}");
        assertThat(made("s = {a} {b|drop}\nt={a}", "{\"a\":true,\"b\":\"\"}")).isEqualTo("{\"t\":true}");
        assertThatThrownBy(() -> made("s = {a} {b}", "{\"a\":1}")).isInstanceOf(UnfitRecordException.class)
                .hasMessage(
                        "the attribute b, from which the mapping makes s, is missing. For a text without it, write {b|}");
        assertThatThrownBy(() -> made("s = {a}!", "{\"a\":[1]}")).hasMessageContaining("a, from which the mapping makes s, "
                + "is a list, which cannot stand within a text");
    }

    @Test
    void namesOfAttributes() throws Exception {
        assertThat(made("a={Start Time}\nb={Duration (min)}\nc={\"x.y|z:{}\"}\nd={x.y}\ne = { straße }", """
                {"Start Time":1,"Duration (min)":2,"x.y|z:{}":3,"x":{"y":4},"straße":5}"""))
                .isEqualTo("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}");
        assertThat(made("a={x.y}", "{\"x\":{\"y\":4},\"x.y\":5}")).isEqualTo("{\"a\":5}");
        assertThat(made("a={\"line\"}\nb={line}\nc={\"x.y\"}", "{\"line\":\"own\",\"x\":{\"y\":1}}"))
                .isEqualTo("{\"a\":\"own\",\"b\":7}");
        assertThat(made("\"a.b\" = 1\nc.\"d e=\" = 2\n f g = 3", "{}"))
                .isEqualTo("{\"a.b\":1,\"c\":{\"d e=\":2},\"f g\":3}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '!', value = {
            "{a:number} # \"12\" # 12",
            "{a:number} # 1.0e5 # 1.0e5",
            "{a:number} # \" 1.50 \" # 1.50",
            "{a:number} # \"+007\" # 7",
            "{a:number} # \"-0.50\" # -0.50",
            "{a:number} # \"000\" # 0",
            "{a:number} # \".5\" # 0.5",
            "{a:number} # \"5.\" # 5",
            "{a:number} # \"1E+3\" # 1E+3",
            "{a:number} # \"12345678901234567890123456789\" # 12345678901234567890123456789",
            "{a:number*60} # \"1.5\" # 90",
            "{a:number*60} # 12345678901234567890 # 740740734074074073400",
            "{a:number * 0.001} # \"1500\" # 1.5",
            "{a:number/60} # 90 # 1.5",
            "{a:number/3} # 1 # 0.3333333333333333333333333333333333",
            "{a:number*60|0} # \"\" # 0",
            "{a:number*60|5} # null # 5",
            "{a:number} # null # null",
            "{a:boolean} # \"Yes\" # true",
            "{a:boolean} # 0 # false",
            "{a:boolean} # false # false",
            "{a:text} # 1.50 # \"1.50\"",
            "{a:text} # true # \"true\"",
            "{a:text} # [1, \"x\"] # \"[1, \\\"x\\\"]\"",
            "{a:text} # \"x\\u00e9\" # \"x\\u00e9\"",
            "{a:json} # \"{\\\"b\\\": [1.0e5]}\" # {\"b\": [1.0e5]}",
            "{a:json} # \" 5 \" # 5",
            "{a:json} # [1] # [1]",
            "{a:list} # \"a@x.io; b@x.io;;\" # [\"a@x.io\",\"b@x.io\"]",
            "{a:list ,} # \"a, b\" # [\"a\",\"b\"]",
            "{a:list \"|\"} # \"a|b\\\"\" # [\"a\",\"b\\\"\"]",
            "{a:list} # [1] # [1]",
            "{a:list} # 1 # [1]",
            "{a:list} # \"\" # []",
            "{a|none} # \"\" # \"none\"",
            "{a|0} # null # 0",
            "{a|\"0}\"} # null # \"0}\"",
            "{a|[]} # null # []",
            "{a|{\"b\":{}}} # null # {\"b\":{}}",
            "{a|} # null # \"\"",
            "{a|x} # \"y\" # \"y\"",
            "{a|\"drop\"} # null # \"drop\"",
            "{a:datetime} # 1793607420 # \"2026-11-02T08:17:00Z\"",
            "{a:datetime} # \"1793607420123\" # \"2026-11-02T08:17:00.123Z\"",
            "{a:datetime} # 1793607420.5 # \"2026-11-02T08:17:00.500Z\"",
            "{a:datetime} # \"2026-04-03T14:30:00+02:00\" # \"2026-04-03T12:30:00Z\"",
            "{a:datetime} # \"2026-04-03 14:30+0200\" # \"2026-04-03T12:30:00Z\"",
            "{a:datetime} # \"2026-04-03T12:30:00.25Z\" # \"2026-04-03T12:30:00.250Z\"",
            "{a:datetime} # \"Fri, 3 Apr 2026 14:30:00 +0200\" # \"2026-04-03T12:30:00Z\"",
            "{a:datetime UTC} # \"2026-04-03 14:30\" # \"2026-04-03T14:30:00Z\"",
            "{a:datetime Europe/Berlin} # \"2026-04-03 14:30:00\" # \"2026-04-03T12:30:00Z\"",
            "{a:datetime Europe/Berlin} # \"2026-01-03\" # \"2026-01-02T23:00:00Z\"",
            "{a:datetime +05:30} # \"2026/01/03 05:30\" # \"2026-01-03T00:00:00Z\"",
            "{a:datetime dd.MM.yyyy HH:mm Europe/Berlin} # \"03.04.2026 14:30\" # \"2026-04-03T12:30:00Z\"",
            "{a:datetime M/d/yyyy h:mm a America/New_York} # \"4/3/2026 2:30 pm\" # \"2026-04-03T18:30:00Z\"",
            "{a:datetime dd.MM.yyyy HH:mm XXX} # \"03.04.2026 14:30 +02:00\" # \"2026-04-03T12:30:00Z\"",
            "{a:datetime dd MMM yyyy UTC} # \"03 apr 2026\" # \"2026-04-03T00:00:00Z\"",
            "{a:datetime Europe/Berlin} # \"2026-10-25 02:30\" # \"2026-10-25T00:30:00Z\"",
            "{a:epoch Europe/Berlin} # \"2026-04-03 14:30\" # 1775219400",
            "{a:epoch} # 1793607420123 # 1793607420",
            "{a:datetime UTC|2026-01-01} # \"\" # \"2026-01-01T00:00:00Z\""})
    void conversions(String expression, String value, String sent) throws Exception {
        assertThat(made("x = " + expression, "{\"a\":" + value + "}")).isEqualTo("{\"x\":" + sent + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '!', value = {
            "{a:number} # \"12 min\"", "{a:number} # \"1,234\"", "{a:number} # true", "{a:number} # [1]",
            "{a:number} # \"\"",
            "{a:number} # \"0x1f\"", "{a:number} # \"NaN\"", "{a:number} # \"1e\"", "{a:number*2} # 1e999999999",
            "{a:number*2} # \"1e2147483648\"", "{a:boolean} # \"maybe\"", "{a:boolean} # 2", "{a:boolean} # {}",
            "{a:json} # \"{\\\"b\\\":\"", "{a:json} # \"\"", "{a:json} # \"1 2\"", "{a:json} # \"01\"",
            "{a:json} # \"\\\"\\ud83d\\\"\"",
            "{a:datetime} # \"2026-04-03 14:30\"", "{a:datetime} # \"03/04/2026\"", "{a:datetime UTC} # \"03/04/2026\"",
            "{a:datetime} # 20260403", "{a:datetime} # 20260403123000", "{a:datetime} # 0", "{a:datetime} # -5",
            "{a:datetime UTC} # \"2026-02-30\"", "{a:datetime UTC} # \"2026-02-03 25:00\"", "{a:datetime} # true",
            "{a:datetime Europe/Berlin} # \"2026-03-29 02:30\"", "{a:datetime dd.MM.yyyy UTC} # \"31.02.2026\"",
            "{a:datetime dd.MM.yyyy UTC} # \"3.4.26\"", "{a:epoch} # \"tomorrow\""})
    void whatCannotBeConvertedIsRejectedWithItsAttribute(String expression, String value) {
        assertThatThrownBy(() -> made("x.y = " + expression, "{\"a\":" + value + "}"))
                .isInstanceOf(UnfitRecordException.class)
                .hasMessageStartingWith("the attribute a, from which the mapping makes x.y, is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{a:number}", "{a:boolean}", "{a:json}", "{a:text}", "{a:datetime}", "{a:list}", "{a}", "{a|drop}"})
    void anAbsentAttributeLeavesItsTargetOut(String expression) throws Exception {
        assertThat(made("x = " + expression + "\no.p = " + expression + "\nl[].m = " + expression + "\nk = {b}",
                "{\"b\":1}")).isEqualTo("{\"k\":1}");
    }

    @Test
    void aRecordOfWhichNothingIsLeftIsRejected() throws Exception {
        assertThatThrownBy(() -> made("duration = {Minuts:number*60}\nname = {Name|drop}", "{\"Minutes\":1,\"Name\":\"\"}"))
                .isInstanceOf(UnfitRecordException.class)
                .hasMessage("the mapping leaves no attribute; the record has none of "
                        + "Minuts, Name, or they are empty. Correct the names in braces in map, or set mapOthers to true");
        assertThat(mapped("a = {b|drop}", true, "{\"a\":1}")).as("others may stay").isEqualTo("{}");
    }

    @Test
    void columnsBecomeAList() throws Exception {
        String map = """
                participants[].email = {rep_email}
                participants[].email = {buyer1}
                participants[].email = {buyer2}
                participants[].name = {rep_name}
                participants[].name = {buyer1_name}
                participants[].role = rep
                participants[].role = buyer
                participants[].role = buyer
                tags[] = {tag1}
                tags[] = imported
                """;
        assertThat(made(map, """
                {"rep_email":"r@x.io","rep_name":"R","buyer1":"b@y.io","buyer1_name":"B","buyer2":"c@y.io","tag1":"t"}"""))
                .isEqualTo("{\"participants\":[{\"email\":\"r@x.io\",\"name\":\"R\",\"role\":\"rep\"},"
                        + "{\"email\":\"b@y.io\",\"name\":\"B\",\"role\":\"buyer\"},"
                        + "{\"email\":\"c@y.io\",\"role\":\"buyer\"}],\"tags\":[\"t\",\"imported\"]}");
        assertThat(made(map, "{\"rep_email\":\"\",\"buyer1\":null,\"buyer2\":\"c@y.io\"}"))
                .isEqualTo("{\"participants\":[{\"email\":\"c@y.io\",\"role\":\"buyer\"}],\"tags\":[\"imported\"]}");
    }

    @Test
    void listsSpread() throws Exception {
        String map = "p[].email = {emails}\np[].name = {names}\np[].role = buyer\np[].of = {company}";
        assertThat(made(map, "{\"emails\":[\"a\", 1.0e5],\"names\":[\"A\",null],\"company\":\"Y\"}")).isEqualTo(
                "{\"p\":[{\"email\":\"a\",\"name\":\"A\",\"role\":\"buyer\",\"of\":\"Y\"},"
                        + "{\"email\":1.0e5,\"role\":\"buyer\",\"of\":\"Y\"}]}");
        assertThat(made("t[] = {a:list}\nt[] = {b}\nt[] = {c}", "{\"a\":\"x; y\",\"b\":[\"z\",\"\",null,[1]],\"c\":\"w\"}"))
                .isEqualTo("{\"t\":[\"x\",\"y\",\"z\",[1],\"w\"]}");
        assertThat(made("t[] = {a}\nb = 1", "{\"a\":[]}")).isEqualTo("{\"b\":1}");
        assertThat(made("p[].e = {people.email}\np[].n = {people.name}", """
                {"people":[{"email":"a","name":"A"},{"email":"b"},5]}"""))
                .isEqualTo("{\"p\":[{\"e\":\"a\",\"n\":\"A\"},{\"e\":\"b\"}]}");
        assertThat(made("ids = {a.b.c}", "{\"a\":[{\"b\":[{\"c\":1},{\"c\":2}]},{\"b\":{\"c\":3}}]}"))
                .isEqualTo("{\"ids\":[[1,2],3]}");
        assertThatThrownBy(() -> made(map, "{\"emails\":[1,2],\"names\":[1]}")).isInstanceOf(UnfitRecordException.class)
                .hasMessageContaining("p[].email and p[].name").hasMessageContaining("different lengths");
        assertThatThrownBy(() -> made(map, "{\"emails\":[1,2],\"names\":[]}")).isInstanceOf(UnfitRecordException.class);
    }

    @Test
    void theRunGivesValues() throws Exception {
        JsonNode made = JSON.readTree(made("a = {now}\nb = {uuid}\nc = {uuid}\nd = {file}\ne = {line}\nf = {file}:{line}\n"
                + "g = {line:text}", "{}"));
        assertThat(Instant.parse(made.get("a").asText())).isBetween(Instant.now().minus(Duration.ofMinutes(5)),
                Instant.now());
        assertThat(UUID.fromString(made.get("b").asText()).version()).isEqualTo(4);
        assertThat(made.get("c")).isEqualTo(made.get("b"));
        assertThat(made.get("d").asText()).isEqualTo("calls.csv");
        assertThat(made.get("e").asInt()).isEqualTo(7);
        assertThat(made.get("f").asText()).isEqualTo("calls.csv:7");
        assertThat(made.get("g").asText()).isEqualTo("7");
    }

    @Test
    void ofASampleTheValuesStay() throws Exception {
        Mapping mapping = Mapping.of("a = {now}\nb = {uuid}\nc = {line}", true);
        SourceRecord record = new SourceRecord("{}".getBytes(StandardCharsets.UTF_8), 0, 0, null);
        byte[] one = mapping.apply(record, RunValues.ofSample(null), RecordSize.DEFAULT);
        String hour = JSON.readTree(one).get("a").asText();

        assertThat(hour).endsWith(":00:00Z");
        assertThat(JSON.readTree(mapping.apply(record, RunValues.ofSample(null), RecordSize.DEFAULT)).get("b"))
                .isEqualTo(JSON.readTree(one).get("b"));
        assertThat(JSON.readTree(one).has("c")).as("where there are no lines").isFalse();
    }

    @Test
    void aMappedRecordHasNoMoreBytesThanARecordMayHave() throws Exception {
        Mapping mapping = Mapping.of("a[].b = {list}\na[].c = {long}", true);
        SourceRecord record = new SourceRecord(("{\"long\":\"" + "x".repeat(900) + "\",\"list\":[" + "1,".repeat(40) + "1]}")
                .getBytes(StandardCharsets.UTF_8), 0, 1, null);

        assertThatThrownBy(() -> mapping.apply(record, RunValues.NONE, RecordSize.of("16K")))
                .isInstanceOf(UnfitRecordException.class)
                .hasMessageContaining("the mapped record is longer than 16 KB");
        assertThat(mapping.apply(record, RunValues.NONE, RecordSize.of("1M"))).hasSizeGreaterThan(36_000);
    }

    @Test
    void aMappedRecordIsNoDeeperThanARecordMayBe() throws Exception {
        String deep = "{\"a\":" + "[".repeat(998) + "1" + "]".repeat(998) + ",\"t\":\"" + "[".repeat(999) + "]".repeat(999)
                + "\"}";

        assertThat(made("b = {a}", deep)).contains("[[1]]");
        JSON.readTree(made("b = {a}", deep));
        assertThatThrownBy(() -> made("b.c.d = {a}", deep)).isInstanceOf(UnfitRecordException.class)
                .hasMessageContaining("nested so deeply");
        JSON.readTree(made("b = {t:json}", deep));
        assertThatThrownBy(() -> made("b.c = {t:json}", deep)).isInstanceOf(UnfitRecordException.class);
    }

    @Test
    void carriageReturnsTabsAndMarks() throws Exception {
        assertThat(made("\uFEFF a = 1 \r\n\t# x\r\n\tb\t=\t{n:number}\t\r\n\r\nc = x y \r", "{\"n\":\"2\"}"))
                .isEqualTo("{\"a\":1,\"b\":2,\"c\":\"x y\"}");
    }
}
