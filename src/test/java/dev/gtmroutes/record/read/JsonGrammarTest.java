// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.RandomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonGrammarTest {

    private static final String PIECES = "{}[]\",:\\ \n\t\r0123456789.-+eEtrufalsn/b\u0000\u001fé€😀";

    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ \"a\" : 1 , \"b\":[ ] , \"c\" : { } }", "{\"a\":[1,[2,[{\"b\":[]}]],null]}",
            "{\"n\":[0,-0,0.5,-1.25e10,1E+2,3e-7,12345678901234567890]}", "{\"t\":true,\"f\":false,\"n\":null}",
            "{\"\":\"\",\"é😀\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t é\",\"long\":\"0123456789abcdef0123456789abcdef\"}",
            "{\"a\":\r\n\t1}"})
    void knowsWhatIsOne(String text) {
        assertThat(isObject(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "}", "[]", "1", " {}", "{} ", "{}{}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}",
            "{a:1}", "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1}", "{\"a\":{]}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{'a':1}",
            "{\"a\":01}", "{\"a\":-}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":+1}", "{\"a\":1a}", "{\"a\":NaN}",
            "{\"a\":tru}", "{\"a\":nulll}", "{\"a\":True}", "{\"a\":\"x}", "{\"a\":\"\\x\"}", "{\"a\":\"\\",
            "{\"a\":\"\n\"}", "{\"a\":\"0123456\u0001890\"}", "{\"a\":1\u0000}"})
    void isNotSureOfAnythingElse(String text) {
        assertThat(isObject(text)).isFalse();
    }

    @Test
    void leavesToTheParserWhatIsNestedDeeply() {
        assertThat(isObject("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}")).isTrue();
        assertThat(isObject("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}")).isFalse();
    }

    @Test
    void isNeverSurerThanTheParser() throws Exception {
        RandomJson json = new RandomJson(random);
        ObjectMapper mapper = new ObjectMapper();
        int sure = 0;
        for (int i = 0; i < 200_000; i++) {
            String sound = mapper.writeValueAsString(json.object(3));
            String text = changed(sound);
            if (isObject(text)) {
                sure++;
                assertThat(parsed(text)).as(text).isNull();
            }
            assertThat(isObject(sound)).as(sound).isEqualTo(!sound.contains("\\u"));
        }
        assertThat(sure).isGreaterThan(10_000);
    }

    /** With one to three characters more, fewer, or others. */
    private String changed(String sound) {
        StringBuilder text = new StringBuilder(sound);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(2));
            int piece = PIECES.offsetByCodePoints(0, random.nextInt(PIECES.codePointCount(0, PIECES.length())));
            text.replace(at, end, random.nextInt(4) == 0 ? "" : Character.toString(PIECES.codePointAt(piece)));
        }
        return text.toString();
    }

    private static boolean isObject(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonGrammar.isObject(bytes, 0, bytes.length);
    }

    private static String parsed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return RecordCheck.parsed(bytes, -1, 0, bytes.length);
    }
}
