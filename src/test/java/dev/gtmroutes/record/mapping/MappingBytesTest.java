// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.record.RandomJson;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;

/** Whatever a record holds: what no line touches keeps its bytes, and what a line moves does, too. */
class MappingBytesTest {

    private static final ObjectReader JSON = new ObjectMapper().reader()
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String[] VALUES = {"1.0e5", "1.50", "123456789012345678901234567890.10", "\"\\u00e9\\/\\ud83d\"",
            "\"a\\\\\"", "[ 1 , {\"x\" : [ ] } ]", "{ \"y\":\"}\" }", "true", "null", "-0", "\"\"", "\"李 😀 \\\" \""};
    private static final String[] BLANKS = {"", "", " ", "\n", "\t ", "\r\n"};

    private final Random random = new Random(20261129);

    private String blank() {
        return BLANKS[random.nextInt(BLANKS.length)];
    }

    private String value() throws Exception {
        return random.nextInt(4) == 0 ? new RandomJson(random).object(3).toString() : VALUES[random.nextInt(VALUES.length)];
    }

    @Test
    void untouchedAndMovedValuesKeepTheirBytes() throws Exception {
        Mapping mapping = Mapping.of("""
                moved = {m}
                deep.er = {o.i}
                # Each of these may be in the record already.
                t = {m|"none"}
                o.n = {u}
                """, true);
        for (int round = 0; round < 5000; round++) {
            List<String> members = new ArrayList<>();
            List<String> untouched = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                String member = "\"k" + i + (random.nextInt(4) == 0 ? "\\u0041\"" : "\"") + blank() + ":" + blank()
                        + value();
                members.add(member);
                untouched.add(member);
            }
            String m = random.nextBoolean() ? value() : null;
            String inner = random.nextBoolean() ? value() : null;
            if (m != null) {
                members.add(random.nextInt(members.size() + 1), "\"m\"" + blank() + ":" + m);
            }
            if (inner != null) {
                members.add(random.nextInt(members.size() + 1),
                        "\"o\":{" + blank() + "\"other\" : 1.0e5 ," + blank() + "\"i\":" + inner + blank() + "}");
            }
            if (random.nextBoolean()) {
                members.add(random.nextInt(members.size() + 1), "\"t\":" + value());
            }
            StringBuilder record = new StringBuilder("{" + blank());
            for (int i = 0; i < members.size(); i++) {
                record.append(i == 0 ? "" : "," + blank()).append(members.get(i)).append(blank());
            }
            record.append('}');
            String mapped = new String(
                    mapping.apply(new SourceRecord(record.toString().getBytes(StandardCharsets.UTF_8), 0, 1,
                            null), RunValues.NONE, RecordSize.DEFAULT),
                    StandardCharsets.UTF_8);

            JsonNode made = JSON.readTree(mapped);
            assertThat(made).as(record + " became " + mapped).isInstanceOf(ObjectNode.class);
            untouched.forEach(each -> assertThat(mapped).contains(each));
            if (m != null) {
                assertThat(mapped).contains("\"moved\":" + m);
            }
            assertThat(made.has("moved")).isEqualTo(m != null);
            assertThat(made.has("t")).isTrue();
            if (inner != null) {
                assertThat(mapped).contains("\"deep\":{\"er\":" + inner + "}", "\"other\" : 1.0e5");
            }
            assertThat(made.has("deep")).isEqualTo(inner != null);
            assertThat(made.has("o")).isEqualTo(inner != null);
        }
    }
}
