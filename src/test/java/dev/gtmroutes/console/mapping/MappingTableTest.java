// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.lint.fields.TargetField;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.mapping.MappingTrial;
import dev.gtmroutes.record.survey.AttributeSurvey;
import dev.gtmroutes.record.survey.ValueKind;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class MappingTableTest {

    private static final List<TargetField> FIELDS = List.of(field("id", ValueKind.TEXT, "id"),
            field("duration", ValueKind.NUMBER, ""), field("timestamp", ValueKind.NUMBER, ""),
            field("at", ValueKind.TIME, ""), field("tags", ValueKind.LIST, ""),
            new TargetField("direction", "direction", ValueKind.TEXT, true, "", "", List.of("in", "out"), ""));

    private static TargetField field(String target, ValueKind kind, String required) {
        return new TargetField(target, target, kind, false, required, "", List.of(), "");
    }

    private static List<MappingRow> rows(String text, boolean keeps, Map<String, String> kinds, String... records) {
        return rows(text, keeps, kinds, false, records);
    }

    private static List<MappingRow> rows(String text, boolean keeps, Map<String, String> kinds, boolean ofEndpoint,
            String... records) {
        Secrets secrets = Secrets.of(new DefaultCamelContext());
        secrets.add("hidden-5c1d-9e");
        AttributeSurvey survey = new AttributeSurvey();
        List<SourceRecord> read = IntStream.range(0, records.length)
                .mapToObj(i -> new SourceRecord(records[i].getBytes(StandardCharsets.UTF_8), i, i + 1, null)).toList();
        read.forEach(each -> survey.add(each.bytes()));
        return new MappingTable(new MappingTable.Content(ShownLines.of(text), MappingTrial.of(ShownLines.masked(text)), read,
                survey.attributes(), FIELDS, keeps, kinds, ofEndpoint, secrets)).rows();
    }

    private static List<MappingRow> rows(String text, String... records) {
        return rows(text, true, Map.of(), records);
    }

    private static String remark(String text, String... records) {
        MappingRow row = rows(text, records).get(0);
        return row.remark() == null ? "" : row.remark().text() + " [" + row.remark().fix() + "]";
    }

    @Test
    void aRowForEachLineAndForWhatIsRequired() {
        assertThat(rows("\n# Calls\nduration = {d:number}\n\ntags[] = x\ntags[] = {t}\nwhat",
                "{\"d\": \"12\", \"id\": \"c1\"}"))
                .extracting(each -> each.number() + " " + each.key() + " " + each.kind() + " " + each.cell().text())
                .containsExactly("2 text#1 text ", "3 duration#1 expression 12", "5 tags[]#1 constant x",
                        "6 tags[]#2 attribute Left out", "7 text#2 text ", "0 id#1 attribute c1");
        assertThat(rows("", false, Map.of(), "{\"id\": \"c1\"}")).extracting(each -> each.cell().text())
                .containsExactly("No value");
        assertThat(rows("id = {x}")).extracting(each -> each.cell().text()).containsExactly("No sample");
    }

    @Test
    void idsAreThoseOfNoOtherRow() {
        assertThat(rows("a.b = 1\n\"a.b\" = 1\na_b = 1\na[] = 1").stream().map(MappingRow::id).distinct()).hasSize(5)
                .allMatch(each -> each.matches("[A-Za-z0-9-]+"));
    }

    @Test
    void aWrongTypeIsSaidWithTheTypeThatMakesItRight() {
        assertThat(remark("duration = {d}", "{\"d\": \"1264\"}"))
                .isEqualTo("Record 1: “1264” is a text. In the sample of the "
                        + "endpoint, this field is a number. [{d:number}]");
        assertThat(remark("timestamp = {s}", "{\"s\": \"2026-12-01T08:52:00Z\"}")).endsWith("[{s:epoch}]");
        assertThat(remark("at = {s}", "{\"s\": 1796115120}")).endsWith("[{s:datetime}]");
        assertThat(remark("tags = {t}", "{\"t\": \"a;b\"}")).endsWith("[{t:list}]");
        assertThat(remark("duration = {d}", "{\"d\": \"12m\"}")).endsWith("number. []");
        assertThat(remark("duration = {d:number}", "{\"d\": 5}", "{}", "{\"d\": \"12m\"}"))
                .isEqualTo("Record 3: “12m” is not a number such as 12 or 1.5. The record would be rejected. []");
        assertThat(remark("duration = {d}", "{\"d\": 5}", "{\"d\": null}")).isEmpty();
        assertThat(remark("id = {d}", "{\"d\": 5}")).isEmpty();
        assertThat(remark("direction = {d}", "{\"d\": \"up\"}")).isEqualTo(
                "Record 1: “up” is not allowed. Allowed: in, out. []");
        assertThat(rows("duration = {d:number}", "{\"d\": 5}", "{}", "{\"d\": \"12m\"}").get(0).cell().text())
                .isEqualTo("Record 3: 12m");
    }

    @Test
    void theSampleOfTheEndpointDoesNotSayWhatTheRecordsOfTheFlowHave() {
        assertThat(rows("id = {work_email}", true, Map.of(), true, "{\"email\": 1}").get(0).remark()).isNull();
        assertThat(rows("id = {emails}", true, Map.of(), true, "{\"email\": 1}").get(0).remark().fix()).isEqualTo("{email}");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(remark("id = {x}", "{\"x\": 1}", "{\"y\": 1}"))
                .startsWith("Record 2 has no value for this required field.");
        assertThat(remark("x = {cal_id}", "{\"call_id\": 1}"))
                .isEqualTo("No sample record has the attribute cal_id. [{call_id}]");
        assertThat(remark("x = ", "{}")).isEqualTo("Choose an attribute, or enter a value. []");
        assertThat(remark("x = {y:numbr}", "{}")).isEqualTo("'numbr' is not a type: did you mean number? [{y:number}]");
    }

    @Test
    void aChosenKindStaysWhereTheValueAllowsIt() {
        Map<String, String> kinds = Map.of("a#1", "expression", "b#1", "constant", "c#1", "constant", "id#1", "constant");
        assertThat(rows("a = {x}\nb = {x}\nc =", true, kinds)).extracting(MappingRow::kind).containsExactly("expression",
                "attribute", "constant", "constant");
    }

    @Test
    void secretsAreNotShown() {
        MappingRow row = rows("x = {{some.setting}} {y}", "{\"y\": \"hidden-5c1d-9e\"}").get(0);
        assertThat(row.value()).isEqualTo("{{some.setting}} {y}");
        assertThat(row.cell().text()).isEqualTo("*** ***");
        assertThat(remark("duration = {y:number}", "{\"y\": \"hidden-5c1d-9e\"}")).contains("“***”");
        assertThat(rows("{{a}} = 1").get(0).text()).isEqualTo("{{a}} = 1");
    }

    @Test
    void aDefaultThatLooksLikeAConversionIsAskedAbout() {
        assertThat(remark("id = {d|number}", "{\"d\": \"12\"}")).isEqualTo("Number is a default; to convert, write "
                + "{d:number}. A default of this name stands in double quotes. [{d:number}]");
        assertThat(rows("id = {d|number}", "{\"d\": \"12\"}").get(0).isBad()).isFalse();
    }
}
