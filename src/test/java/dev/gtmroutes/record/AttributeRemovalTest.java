// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class AttributeRemovalTest {

    private static AttributeRemoval removal(String paths) {
        return AttributeRemoval.of(AttributePath.list(paths));
    }

    private static String without(String paths, String record) {
        return new String(removal(paths).apply(record.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    @Test
    void removesFirstMiddleLastAndOnly() {
        assertThat(without("a", "{\"a\":1,\"b\":2}")).isEqualTo("{\"b\":2}");
        assertThat(without("b", "{\"a\":1,\"b\":2,\"c\":3}")).isEqualTo("{\"a\":1,\"c\":3}");
        assertThat(without("c", "{\"a\":1,\"c\":3}")).isEqualTo("{\"a\":1}");
        assertThat(without("a", "{\"a\":1}")).isEqualTo("{}");
        assertThat(without("a,b", "{\"a\":1,\"b\":2,\"c\":3}")).isEqualTo("{\"c\":3}");
        assertThat(without("b,c", "{\"a\":1,\"b\":2,\"c\":3}")).isEqualTo("{\"a\":1}");
        assertThat(without("a,c", "{\"a\":1,\"b\":2,\"c\":3}")).isEqualTo("{\"b\":2}");
        assertThat(without("a,b,c", "{\"a\":1,\"b\":2,\"c\":3}")).isEqualTo("{}");
    }

    @Test
    void allOtherBytesStay() {
        String record = "{ \"n\" : 1.50 ,\n \"big\":12345678901234567890.10,\"x\" : [ {\"x\":1} , 2 ] ,"
                + "\"s\":\"\\u00e9\\/,\" }";
        assertThat(without("x", record)).isEqualTo(
                "{ \"n\" : 1.50 ,\n \"big\":12345678901234567890.10 ,\"s\":\"\\u00e9\\/,\" }");
        assertThat(without("n", record)).isEqualTo(record.replace("\"n\" : 1.50 ,\n ", ""));
        assertThat(without("s", record)).endsWith("2 ]  }");
    }

    @Test
    void valuesOfEveryKindGo() {
        for (String value : new String[] {"\"a,}\\\"é😀\"", "-1.5e+10", "true", "null", "{}", "[]",
                "{\"a\":[{\"b\":\"]\"}]}", "[[1,[2]],{\"c\":3}]", "\"\"", "0"}) {
            assertThat(without("v", "{\"a\":1, \"v\" : " + value + " , \"b\":2}")).isEqualTo("{\"a\":1 , \"b\":2}");
            assertThat(without("v", "{ \"v\" : " + value + " , \"b\":2}")).isEqualTo("{ \"b\":2}");
            assertThat(without("v", "{\"v\":" + value + "}")).isEqualTo("{}");
        }
    }

    @Test
    void reachesNestedObjectsAndThoseInArrays() {
        assertThat(without("owner.email", "{\"email\":1,\"owner\":{\"id\":2,\"email\":3,\"o\":{\"email\":4}}}"))
                .isEqualTo("{\"email\":1,\"owner\":{\"id\":2,\"o\":{\"email\":4}}}");
        assertThat(
                without("p.email, p.x.y", "{\"p\":[{\"email\":1},{\"n\":2,\"email\":3},4,[{\"email\":5,\"x\":{\"y\":6}}]]}"))
                .isEqualTo("{\"p\":[{},{\"n\":2},4,[{\"x\":{}}]]}");
        assertThat(without("owner.email,owner", "{\"owner\":{\"email\":1},\"b\":2}")).isEqualTo("{\"b\":2}");
        assertThat(without("a.b.c", "{\"a\":{\"b\":{\"c\":1,\"d\":2}},\"z\":0}"))
                .isEqualTo("{\"a\":{\"b\":{\"d\":2}},\"z\":0}");
    }

    @Test
    void anAttributeWhoseNameHasADotComesFirst() {
        assertThat(without("o.id", "{\"o\":{\"id\":1},\"o.id\":2}")).isEqualTo("{\"o\":{\"id\":1}}");
        assertThat(without("o.id", "{\"o.id\":2,\"o\":{\"id\":1}}")).isEqualTo("{\"o\":{\"id\":1}}");
        assertThat(without("o.id,o.x", "{\"o\":{\"id\":1,\"x\":2},\"o.id\":2}")).isEqualTo("{\"o\":{\"id\":1}}");
        assertThat(without("o.id", "{\"p\":{\"o.id\":2}}")).isEqualTo("{\"p\":{\"o.id\":2}}");
    }

    @Test
    void namesMayBeEscapedOrNotAscii() {
        assertThat(without("naïve", "{\"a\":1,\"na\\u00efve\":2}")).isEqualTo("{\"a\":1}");
        assertThat(without("naïve", "{\"😀\":1,\"naïve\":2,\"é\":3}")).isEqualTo("{\"😀\":1,\"é\":3}");
    }

    @Test
    void aRecordWithNoneOfThemIsTheSameArray() {
        byte[] record = "{\"a\":1,\"owner\":{\"id\":2},\"p\":[1,{\"q\":1}]}".getBytes(StandardCharsets.UTF_8);
        assertThat(removal("b,owner.email,a.b,p.x").apply(record)).isSameAs(record);
        assertThat(removal(" , ").apply(record)).isSameAs(record);
        assertThat(removal(null).isEmpty()).isTrue();
    }

    @Test
    void blanksAroundPathsDoNotCount() {
        assertThat(AttributePath.list(" a , owner.id ,,")).extracting(AttributePath::text).containsExactly("a", "owner.id");
        assertThat(AttributePath.of("owner.id").names()).containsExactly("owner", "id");
        assertThatThrownBy(() -> AttributePath.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoObjectIsRefused() {
        for (String record : new String[] {"[1]", "", "{\"a\":", "{\"a\":{\"b\":[", "5"}) {
            assertThatThrownBy(() -> without("a.b", record)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void agreesWithATree() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        RandomJson random = new RandomJson(new Random(11));
        AttributeRemoval removal = removal("a,b.c,d.a.b,c.c");
        for (int i = 0; i < 3000; i++) {
            ObjectNode tree = random.object(4);
            byte[] record = random.pretty() ? mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree)
                    : mapper.writeValueAsBytes(tree);
            remove(tree, "a");
            remove(tree, "b", "c");
            remove(tree, "d", "a", "b");
            remove(tree, "c", "c");
            assertThat(mapper.readTree(removal.apply(record))).isEqualTo(tree);
        }
    }

    private static void remove(JsonNode node, String... names) {
        if (node.isArray()) {
            node.forEach(element -> remove(element, names));
        } else if (node instanceof ObjectNode object) {
            if (names.length == 1) {
                object.remove(names[0]);
            } else if (object.has(names[0])) {
                remove(object.get(names[0]), java.util.Arrays.copyOfRange(names, 1, names.length));
            }
        }
    }
}
