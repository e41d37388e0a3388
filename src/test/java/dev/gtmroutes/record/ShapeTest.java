package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class ShapeTest {

    private final Shape shape = new Shape();

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
    void aWrappedBody() throws Exception {
        shape.setBody("{\"data\":[\"{*}\"]}");
        shape.setBatch(true);

        assertThat(body("{\"a\":1}", "{\"a\":2}")).isEqualTo("{\"data\":[{\"a\":1},{\"a\":2}]}");
    }

    @Test
    void aBodyOfAttributes() throws Exception {
        shape.setBody("{\"from\":{\"type\":\"admin\",\"id\":\"{admin_id}\"},\"to\":\"{to.id}\",\"n\":5,\"text\":\"{a}/{b}\"}");

        assertThat(body("{\"admin_id\":12345678901234567890,\"to\":{\"id\":1.50},\"a\":\"x\",\"b\":\"y\\\"\"}"))
                .isEqualTo("{\"from\":{\"type\":\"admin\",\"id\":12345678901234567890},\"to\":1.50,\"n\":5,\"text\":\"x/y\\\"\"}");
        assertThat(body("{\"admin_id\":null,\"a\":\"x\",\"b\":\"y\"}"))
                .isEqualTo("{\"from\":{\"type\":\"admin\",\"id\":null},\"n\":5,\"text\":\"x/y\"}");
        assertThatThrownBy(() -> body("{\"admin_id\":1,\"a\":\"x\"}")).isInstanceOf(UnfitRecordException.class)
                .hasMessage("the attribute b, which the body needs, is missing");
        assertThatThrownBy(() -> body("{\"a\":\"x\",\"b\":\"y\"}"))
                .hasMessage("the attribute admin_id, which the body needs, is missing");
    }

    @Test
    void anArrayWithAnElementForEachElement() throws Exception {
        shape.setBody("{\"tag\":\"{name}\",\"users\":[{\"user_id\":\"{user_ids[]}\"}],\"leads\":[{\"lead_id\":\"{lead_ids[]}\"}]}");

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
                .hasMessage("the attribute type has to be chat or email");
    }

    @Test
    void aForm() throws Exception {
        shape.setContentFormat("form");

        assertThat(body("{\"name\":\"Zoë & co\",\"n\":1.50,\"none\":null,\"list\":[1,\"a\"],\"ok\":true}"))
                .isEqualTo("name=Zo%C3%AB+%26+co&n=1.50&list=%5B1%2C%22a%22%5D&ok=true");
        assertThat(shape.contentType()).isEqualTo("application/x-www-form-urlencoded");
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

        Shape broken = new Shape();
        broken.setBody("{\"tag\":");
        assertThatThrownBy(broken::check).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not JSON");

        assertThatThrownBy(() -> new Shape().setBodyFormat("xml")).hasMessageContaining("record or vendor");
    }
}
