// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class RequestMappingTest {

    private final RequestMapping shape = new RequestMapping();

    private ShapedRecord shaped(String record) throws UnfitRecordException {
        return shape.apply(new SourceRecord(record.getBytes(StandardCharsets.UTF_8), 0, 1, null));
    }

    private String body(String... records) throws UnfitRecordException {
        List<byte[]> parts = new java.util.ArrayList<>();
        for (String each : records) {
            parts.add(shaped(each).part());
        }
        return new String(shape.body(parts), StandardCharsets.UTF_8);
    }

    @Test
    void aRecordThatNothingChangesKeepsItsVeryBytes() throws Exception {
        byte[] bytes = "{ \"a\" : 1.50 }".getBytes(StandardCharsets.UTF_8);

        assertThat(shape.apply(new SourceRecord(bytes, 0, 1, null)).part()).isSameAs(bytes);
    }

    @Test
    void batchedRecordsBecomeAnArray() throws Exception {
        shape.setBatch(true);

        assertThat(body("{\"a\":1}", "{\"a\":2.0}")).isEqualTo("[{\"a\":1},{\"a\":2.0}]");
    }

    @Test
    void aBodyOfABatchHoldsTheRecordsInAnArray() {
        RequestMapping wrapped = new RequestMapping();
        wrapped.setPath("/x");
        wrapped.setBatch(true);
        wrapped.setBody("{\"data\":\"{*}\"}");
        assertThatThrownBy(wrapped::check).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Write [\"{*}\"] for the records");

        RequestMapping form = new RequestMapping();
        form.setPath("/x");
        form.setBatch(true);
        form.setContentFormat("form");
        assertThatThrownBy(form::check).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Set contentFormat to json");
    }

    @Test
    void aWrappedBody() throws Exception {
        shape.setBody("{\"data\":[\"{*}\"]}");
        shape.setBatch(true);

        assertThat(body("{\"a\":1}", "{\"a\":2}")).isEqualTo("{\"data\":[{\"a\":1},{\"a\":2}]}");
    }

    @Test
    void aBodyOfAttributes() throws Exception {
        shape.setBody(
                "{\"from\":{\"type\":\"admin\",\"id\":\"{admin_id}\"},\"to\":\"{to.id}\",\"n\":5,\"text\":\"{a}/{b}\"}");

        assertThat(body("{\"admin_id\":12345678901234567890,\"to\":{\"id\":1.50},\"a\":\"x\",\"b\":\"y\\\"\"}"))
                .isEqualTo("{\"from\":{\"type\":\"admin\",\"id\":12345678901234567890},\"to\":1.50,\"n\":5,"
                        + "\"text\":\"x/y\\\"\"}");
        assertThat(body("{\"admin_id\":null,\"a\":\"x\",\"b\":\"y\"}"))
                .isEqualTo("{\"from\":{\"type\":\"admin\",\"id\":null},\"n\":5,\"text\":\"x/y\"}");
        assertThatThrownBy(() -> body("{\"admin_id\":1,\"a\":\"x\"}")).isInstanceOf(UnfitRecordException.class)
                .hasMessage("the attribute b, which the body requires, is missing");
        assertThatThrownBy(() -> body("{\"a\":\"x\",\"b\":\"y\"}"))
                .hasMessage("the attribute admin_id, which the body requires, is missing");
    }

    @Test
    void anArrayWithAnElementForEachElement() throws Exception {
        shape.setBody("{\"tag\":\"{name}\",\"users\":[{\"user_id\":\"{user_ids[]}\"}],"
                + "\"leads\":[{\"lead_id\":\"{lead_ids[]}\"}]}");

        assertThat(body("{\"name\":\"vip\",\"user_ids\":[1.0,\"b\",{\"c\":[2]}]}"))
                .isEqualTo("{\"tag\":\"vip\",\"users\":[{\"user_id\":1.0},{\"user_id\":\"b\"},{\"user_id\":{\"c\":[2]}}]}");
        assertThatThrownBy(() -> body("{\"name\":\"vip\",\"user_ids\":7}")).hasMessageContaining("user_ids is not a list");
    }

    @Test
    void attributesAreRenamedAddedAndLeftOut() throws Exception {
        shape.setRename("account_stage_id=company_stage_id");
        shape.setAdd("upsert_key=domain");
        shape.setExcludeAttributes("note, owner.email");

        assertThat(body("{\"account_stage_id\" : 1.0, \"owner\":{\"email\":\"e\",\"id\":2}, \"note\":\"n\"}"))
                .isEqualTo("{\"company_stage_id\" : 1.0, \"owner\":{\"id\":2},\"upsert_key\":\"domain\"}");
        assertThat(body("{\"upsert_key\":\"id\"}")).isEqualTo("{\"upsert_key\":\"id\"}");
        assertThat(body("{}")).isEqualTo("{\"upsert_key\":\"domain\"}");
    }

    @Test
    void whatTheVendorAsksForTakesTheOthersPlace() throws Exception {
        shape.setPath("/users");
        shape.setRequired("user_id");
        shape.setVendorBody("{\"users\":[\"{*}\"]}");
        shape.setVendorRequired("email");
        shape.setBodyFormat("vendor");

        assertThat(body("{\"email\":\"e\"}")).isEqualTo("{\"users\":[{\"email\":\"e\"}]}");
        assertThatThrownBy(() -> body("{\"user_id\":\"u\"}")).hasMessage("the required attribute email is missing or empty");
    }

    @Test
    void requiredAndAllowed() throws Exception {
        shape.setRequired("id, action_id|task_id");
        shape.setAllowed("type=chat|email");

        assertThat(shaped("{\"id\":1,\"task_id\":2,\"type\":\"chat\"}").part()).isNotEmpty();
        assertThat(shaped("{\"id\":1,\"action_id\":2}").part()).isNotEmpty();
        assertThatThrownBy(() -> shaped("{\"id\":1}"))
                .hasMessage("the required attribute action_id or task_id is missing or empty");
        assertThatThrownBy(() -> shaped("{\"id\":\"\",\"task_id\":2}")).hasMessageContaining("id");
        assertThatThrownBy(() -> shaped("{\"id\":1,\"task_id\":2,\"type\":\"fax\"}"))
                .hasMessage("the attribute type must be chat or email");
    }

    @Test
    void aForm() throws Exception {
        shape.setContentFormat("form");

        assertThat(body("{\"name\":\"Zoë & co\",\"n\":1.50,\"none\":null,\"list\":[1,\"a\"],\"ok\":true}"))
                .isEqualTo("name=Zo%C3%AB+%26+co&n=1.50&list=%5B1%2C%22a%22%5D&ok=true");
        assertThat(shape.contentType()).isEqualTo("application/x-www-form-urlencoded");
    }

    @Test
    void aFormHasTheFieldsOfItsBodyTemplate() throws Exception {
        shape.setContentFormat("form");
        shape.setBody("{\"title\":\"{name}\",\"all\":\"{owner}\",\"by\":\"x/{n}\"}");

        assertThat(body("{\"name\":\"Zoë\",\"owner\":{\"id\":1},\"n\":1.50,\"secret\":1}"))
                .isEqualTo("title=Zo%C3%AB&all=%7B%22id%22%3A1%7D&by=x%2F1.50");
        shape.setBody("{\"data\":\"{*}\"}");
        RequestMapping wrapped = new RequestMapping();
        wrapped.setContentFormat("form");
        wrapped.setBody("{\"data\":\"{*}\"}");
        assertThat(
                new String(wrapped.apply(new SourceRecord("{\"a\":1}".getBytes(StandardCharsets.UTF_8), 0, 1, null)).part(),
                        StandardCharsets.UTF_8))
                .isEqualTo("data=%7B%22a%22%3A1%7D");
        RequestMapping list = new RequestMapping();
        list.setContentFormat("form");
        list.setBody("[\"{*}\"]");
        assertThatThrownBy(list::check).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("object");
    }

    @Test
    void anExcludedAttributeIsSentNowhere() throws Exception {
        shape.setExcludeAttributes("owner.email, note, ids");
        shape.setPath("/things/{note}{?note,kind}");
        shape.setRequired("note");
        shape.setBody("{\"who\":\"{owner}\",\"n\":\"{note}\",\"all\":[\"{ids[]}\"]}");

        ShapedRecord shaped = shaped("{\"owner\":{\"id\":1,\"email\":\"S\"},\"note\":\"S2\",\"kind\":\"k\",\"ids\":[1]}");

        assertThat(new String(shaped.part(), StandardCharsets.UTF_8)).isEqualTo("{\"who\":{\"id\":1}}");
        assertThat(shaped.url()).isEqualTo("/things/S2?kind=k");
        assertThat(body("{\"note\":\"x\"}")).isEqualTo("{}");
    }

    @Test
    void whatTheUrlTakesWholeIsLeftOutOfTheBody() throws Exception {
        shape.setPath("/users/{id}/x-{part}?owner={owner.id}&f=eq({key})");
        String record = "{\"id\":1,\"part\":2,\"owner\":{\"id\":3,\"n\":4},\"key\":5,\"a\":6}";

        assertThat(shaped(record).url()).isEqualTo("/users/1/x-2?owner=3&f=eq(5)");
        assertThat(body(record)).isEqualTo("{\"part\":2,\"owner\":{\"n\":4},\"key\":5,\"a\":6}");

        RequestMapping kept = new RequestMapping();
        kept.setPath("/users/{id}");
        kept.setKeepUrlAttributes(true);
        byte[] bytes = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(kept.apply(new SourceRecord(bytes, 0, 1, null)).part()).isSameAs(bytes);

        RequestMapping variable = new RequestMapping();
        variable.setPath("/users/{userId}");
        variable.setVariable("userId={user_id}");
        variable.setVendorBody("{\"attributes\":\"{*}\"}");
        variable.setBodyFormat("vendor");
        assertThat(new String(variable.body(List.of(variable.apply(new SourceRecord(
                "{\"user_id\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8), 0, 1, null)).part())), StandardCharsets.UTF_8))
                .isEqualTo("{\"attributes\":{\"a\":2}}");
    }

    @Test
    void halfACharacterIsNoKey() throws Exception {
        shape.setPath("/users/{id}{?q}");
        shape.setGroupBy("g");
        shape.setOrderBy("o");
        shape.setBody("{\"t\":\"x/{t}\"}");
        String sound = "{\"id\":\"\\ud83d\\ude00\",\"q\":\"1\",\"g\":\"2\",\"o\":\"3\",\"t\":\"4\"}";

        assertThat(shaped(sound).url()).isEqualTo("/users/%F0%9F%98%80?q=1");
        for (String each : new String[] {"id", "q", "g", "o", "t"}) {
            for (String half : new String[] {"\\ud83d", "\\ude00\\ud83d", "a\\ude00"}) {
                String broken = sound.replaceFirst("\"" + each + "\":\"[^\"]*\"",
                        "\"" + each + "\":\"" + half.replace("\\", "\\\\") + "\"");
                assertThatThrownBy(() -> shaped(broken)).as(broken).isInstanceOf(UnfitRecordException.class)
                        .hasMessageContaining("the attribute " + each + " contains half a character");
            }
        }
        RequestMapping form = new RequestMapping();
        form.setContentFormat("form");
        assertThatThrownBy(
                () -> form.apply(new SourceRecord("{\"a\":\"\\udead\"}".getBytes(StandardCharsets.UTF_8), 0, 1, null)))
                .isInstanceOf(UnfitRecordException.class).hasMessageContaining("half a character");
    }

    @Test
    void aVariableOfTheBodyIsANumberOrTrueOrFalseWhereItsTextIsThat() throws Exception {
        for (String[] each : new String[][] {{"77", "77"}, {"-1.50", "-1.50"}, {"007", "\"007\""}, {"a-7", "\"a-7\""},
                {"true", "true"}, {"false", "false"}, {"True", "\"True\""},
                {"{admin}", "5.0"}, {"a{admin}", "\"a5.0\""}}) {
            RequestMapping one = new RequestMapping();
            one.setVariable("id=" + each[0]);
            one.setBody("{\"from\":{\"id\":\"{id}\"}}");
            byte[] part = one.apply(new SourceRecord("{\"admin\":5.0}".getBytes(StandardCharsets.UTF_8), 0, 1, null)).part();
            assertThat(new String(part, StandardCharsets.UTF_8)).isEqualTo("{\"from\":{\"id\":" + each[1] + "}}");
        }
    }

    @Test
    void anAttributeIsAddedOnlyWhereTheOneIsThatItNames() throws Exception {
        shape.setAdd("upsert_key=domain if domain");

        assertThat(body("{\"domain\":\"x\"}")).isEqualTo("{\"domain\":\"x\",\"upsert_key\":\"domain\"}");
        assertThat(body("{\"domain\":7,\"upsert_key\":\"id\"}")).isEqualTo("{\"domain\":7,\"upsert_key\":\"id\"}");
        for (String without : new String[] {"{}", "{\"domain\":null}", "{\"domain\":\"\"}", "{\"a\":{\"domain\":1}}"}) {
            assertThat(body(without)).isEqualTo(without);
        }
    }

    @Test
    void recordsOfOneGroupHaveTheirUrlAndTheirAttributesInCommon() throws Exception {
        shape.setPath("/jobs/{job}/data");
        shape.setGroupBy("region,owner.id");

        String first = shaped("{\"job\":1,\"region\":\"eu\",\"owner\":{\"id\":1}}").group();
        assertThat(shaped("{\"job\":1,\"region\":\"eu\",\"owner\":{\"id\":1},\"x\":2}").group()).isEqualTo(first);
        assertThat(shaped("{\"job\":2,\"region\":\"eu\",\"owner\":{\"id\":1}}").group()).isNotEqualTo(first);
        assertThat(shaped("{\"job\":1,\"region\":\"us\",\"owner\":{\"id\":1}}").group()).isNotEqualTo(first);
        assertThat(shaped("{\"job\":1,\"region\":\"eu\"}").group()).isNotEqualTo(first);
    }

    @Test
    void settingsThatMakeNoSenseAreToldBeforeTheFirstRecord() {
        shape.setBody("{\"tag\":\"{name}\"}");
        shape.setBatch(true);
        assertThatThrownBy(shape::check).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("one record");

        RequestMapping broken = new RequestMapping();
        broken.setBody("{\"tag\":");
        assertThatThrownBy(broken::check).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not JSON");

        assertThatThrownBy(() -> new RequestMapping().setBodyFormat("xml")).hasMessageContaining("record or vendor");
    }

    @Test
    void everyPartOfARequestSeesTheMappedRecord() throws Exception {
        shape.setMap("user_id = {CRM id}\nteam = {Team}\nat = {Day}\nemail = {Mail}");
        shape.setPath("/users/{user_id}{?email}");
        shape.setRequired("user_id");
        shape.setGroupBy("team");
        shape.setOrderBy("at");
        shape.setExcludeAttributes("Mail,email");
        ShapedRecord shaped = shaped("{\"CRM id\":7,\"Team\":\"a\",\"Day\":1.0e5,\"Mail\":\"x@y\"}");

        assertThat(shaped.url()).isEqualTo("/users/7");
        assertThat(shaped.group()).contains("a").isNotEqualTo(shaped("{\"CRM id\":7,\"Team\":\"b\"}").group());
        assertThat(shaped.order()).contains("1.0e5");
        assertThat(new String(shaped.part(), StandardCharsets.UTF_8))
                .isEqualTo("{\"CRM id\":7,\"Team\":\"a\",\"Day\":1.0e5,\"team\":\"a\",\"at\":1.0e5}");
        assertThat(new String(shaped.source().bytes(), StandardCharsets.UTF_8)).as("for dead letters")
                .startsWith("{\"CRM id\"");
        assertThatThrownBy(() -> shaped("{\"user_id\":7}")).isInstanceOf(UnfitRecordException.class)
                .hasMessageContaining("user_id");
    }

    @Test
    void aMappedRecordInEachFormOfBody() throws Exception {
        shape.setMap("id = {n:number}\ntags[] = {t:list}");
        shape.setMapOthers(false);
        String record = "{\"n\":\"07\",\"t\":\"a; b\"}";

        assertThat(body(record)).isEqualTo("{\"id\":7,\"tags\":[\"a\",\"b\"]}");

        RequestMapping batch = mapping();
        batch.setBatch(true);
        assertThat(sent(batch, record, record))
                .isEqualTo("[{\"id\":7,\"tags\":[\"a\",\"b\"]},{\"id\":7,\"tags\":[\"a\",\"b\"]}]");

        RequestMapping form = mapping();
        form.setContentFormat("form");
        assertThat(sent(form, record)).isEqualTo("id=7&tags=%5B%22a%22%2C%22b%22%5D");

        RequestMapping none = mapping();
        none.setBody("none");
        none.setPath("/x/{id}");
        assertThat(sent(none, record)).isEqualTo("/x/7 null");

        RequestMapping template = mapping();
        template.setBody("{\"a\":\"{id}\",\"b\":[{\"tag\":\"{tags[]}\"}],\"c\":\"{key}\"}");
        template.setVariable("key=no {id}");
        assertThat(sent(template, record)).isEqualTo("{\"a\":7,\"b\":[{\"tag\":\"a\"},{\"tag\":\"b\"}],\"c\":\"no 7\"}");

        RequestMapping vendor = mapping();
        vendor.setBodyFormat("vendor");
        vendor.setVendorRequired("id");
        vendor.setVendorRename("id=ID");
        vendor.setAdd("kind=call");
        assertThat(sent(vendor, record)).isEqualTo("{\"ID\":7,\"tags\":[\"a\",\"b\"],\"kind\":\"call\"}");
    }

    private static RequestMapping mapping() {
        RequestMapping mapping = new RequestMapping();
        mapping.setMap("id = {n:number}\ntags[] = {t:list}");
        mapping.setMapOthers(false);
        return mapping;
    }

    private static String sent(RequestMapping mapping, String... records) throws UnfitRecordException {
        List<byte[]> parts = new java.util.ArrayList<>();
        String url = "";
        for (String each : records) {
            ShapedRecord shaped = mapping.apply(new SourceRecord(each.getBytes(StandardCharsets.UTF_8), 0, 1, null));
            parts.add(shaped.part());
            url = shaped.url();
        }
        byte[] body = mapping.body(parts);
        return body == null ? url + " null" : new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void aMappingWithAMistakeIsRefusedBeforeTheFirstRecord() {
        shape.setMap("a = {b:numbr}");
        assertThatThrownBy(shape::check).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("map: line 1, column 8: 'numbr' is not a type: did you mean number?");
        shape.setMap("# nothing");
        shape.setMapOthers(false);
        assertThatThrownBy(shape::check).hasMessageContaining("mapOthers is false, but map has no line");
    }
}
