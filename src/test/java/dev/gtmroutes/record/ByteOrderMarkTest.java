// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static dev.gtmroutes.record.Reading.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Byte order marks that are not at the beginning of the input. Around a record they are none of its bytes, or the request
 * and the dead letter would be invalid JSON; inside a text they are data.
 */
class ByteOrderMarkTest {

    private static final String MARK = "\uFEFF";
    private static final String ONE = "0@1 {\"id\":1}";

    private static Arguments marked(String name, String input, String... records) {
        return argumentSet(name, input.replace("^", MARK),
                Stream.of(records).map(each -> each.replace("^", MARK)).toList());
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                marked("second line", "{\"id\":1}\n^{\"id\":2}\n", ONE, "1@2 {\"id\":2}"),
                marked("every line", "^{\"id\":1}\r\n^{\"id\":2}\r\n^{\"id\":3}", ONE, "1@2 {\"id\":2}", "2@3 {\"id\":3}"),
                marked("two marks and a blank", "{\"id\":1}\n^^ {\"id\":2}\n", ONE, "1@2 {\"id\":2}"),
                marked("a line of nothing else", "{\"id\":1}\n^\n{\"id\":2}", ONE, "1@3 {\"id\":2}"),
                marked("end of a line", "{\"id\":1}^\n{\"id\":2}", ONE, "1@2 {\"id\":2}"),
                marked("second file behind one without a line break", "{\"id\":1}^{\"id\":2}\n{\"id\":3}", ONE,
                        "1@1 {\"id\":2}", "2@2 {\"id\":3}"),
                marked("second file of objects over several lines", "{\n\"id\":1\n}\n^{\n\"id\":2\n}",
                        "0@1 {\n\"id\":1\n}", "1@4 {\n\"id\":2\n}"),
                marked("second file with an array", "[{\"id\":1}]\n^[{\"id\":2}]", ONE, "1@2 {\"id\":2}"),
                marked("first element of an array", "[^{\"id\":1}]", ONE),
                marked("later element of an array", "[{\"id\":1},^{\"id\":2},\n^{\"id\":3}]", ONE, "1@1 {\"id\":2}",
                        "2@2 {\"id\":3}"),
                marked("behind an element of an array", "[{\"id\":1}^,{\"id\":2}^]^", ONE, "1@1 {\"id\":2}"),
                marked("value of an attribute", "{\"id\":1}\n{\"id\":\"^2^\"}", ONE, "1@2 {\"id\":\"^2^\"}"),
                marked("name of an attribute", "{\"id\":1}\n{\"^id\":2}", ONE, "1@2 {\"^id\":2}"),
                marked("rows of CSV", "id,b\n1,2\n^3,4\n^\"5\",6\n", "0@2 {\"id\":\"1\",\"b\":\"2\"}",
                        "1@3 {\"id\":\"3\",\"b\":\"4\"}", "2@4 {\"id\":\"5\",\"b\":\"6\"}"),
                marked("cells of CSV that are not the first", "id,b\n1,^2\n3,\"^4\"\n", "0@2 {\"id\":\"1\",\"b\":\"^2\"}",
                        "1@3 {\"id\":\"3\",\"b\":\"^4\"}"),
                marked("around a name in the header of CSV", "id,^b^\n1,2\n", "0@2 {\"id\":\"1\",\"b\":\"2\"}"),
                marked("within a name in the header of CSV", "id,b^c\n1,2\n", "0@2 {\"id\":\"1\",\"b^c\":\"2\"}"),
                marked("header of the second file of CSV", "id,b\n1,2\n^id,b\n3,4\n", "0@2 {\"id\":\"1\",\"b\":\"2\"}",
                        "1@3 !the row repeats the header row: the file may be two files in one",
                        "2@4 {\"id\":\"3\",\"b\":\"4\"}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMarkInside(String input, List<String> records) throws Exception {
        assertThat(describe(input)).isEqualTo(records);
    }

    @Test
    void aMarkBetweenTheTokensOfARecordMakesThisOneInvalid() throws Exception {
        for (String record : new String[] {"{^\"id\":2}", "{\"id\":^2}", "{\"id\":2^}"}) {
            assertThat(describe(("{\"id\":1}\n" + record + "\n{\"id\":3}").replace("^", MARK))).as(record)
                    .hasSize(3).startsWith(ONE).endsWith("2@3 {\"id\":3}")
                    .element(1).asString().startsWith("1@2 !not valid JSON: ");
        }
    }

    @Test
    void aMarkInTheTextOfAnElementInMemoryIsTakenOffToo() throws Exception {
        assertThat(describe(Reading.all(List.of("{\"id\":1}", MARK + "{\"id\":2}"), null)))
                .containsExactly("0@0 {\"id\":1}", "1@0 {\"id\":2}");
    }
}
