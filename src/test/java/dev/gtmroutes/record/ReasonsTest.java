// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.read.NotRecordsException;
import org.junit.jupiter.api.Test;

/** Why something is no record is told in plain words, never in those of a library. */
class ReasonsTest {

    private static final Pattern FOREIGN = Pattern.compile(
            "Jackson|Exception|Feature|Source:|REDACTED|JsonToken|ALLOW_|CTRL-CHAR|\\bcode \\d|com\\.|org\\.|java\\.");
    private static final String PIECES = "{}[]\",:\\/#' \n\t\r0123456789.-+eENaInftrulsb\u0000\u0001\u001f\u007fé€😀\uFEFF|;";

    private static String reason(String content) throws Exception {
        try {
            List<SourceRecord> records = Reading.all(content.getBytes(StandardCharsets.UTF_8), null);
            return records.get(0).problem();
        } catch (NotRecordsException e) {
            return e.getMessage();
        }
    }

    @Test
    void eachSaysWhatIsWrongWhereAndWhatToDo() throws Exception {
        assertThat(reason("{\"id\":NaN}")).isEqualTo(
                "not valid JSON: NaN is not a number in JSON at column 7: write null, or put it in double quotes");
        assertThat(reason("{\"id\":-Infinity}")).contains("Infinity is not a number in JSON");
        assertThat(reason("{\"id\":007}")).contains("unnecessary 0").contains("double quotes if it is an identifier");
        assertThat(reason("{\"id\":+1}")).contains("unexpected character '+' at column 7");
        assertThat(reason("{'id':1}")).contains("at column 2: put names and texts in double quotes");
        assertThat(reason("{id:1}")).contains("'i' at column 2: put names in double quotes");
        assertThat(reason("{\"id\":1,}")).contains("'}' at column 9: remove the comma before it");
        assertThat(reason("{\"id\":1} // one")).contains("JSON has no comments");
        assertThat(reason("{\"id\":True}")).contains("unrecognized token 'True' at column 7: JSON has true, false and null");
        assertThat(reason("{\"id\":\"\\x\"}")).contains("a backslash before 'x'");
        assertThat(reason("{\"id\":" + "[".repeat(1001) + "]".repeat(1001) + "}")).contains("nested too deeply");
        assertThat(reason("{\"id\":" + "x".repeat(500) + "}")).hasSizeLessThan(120);
    }

    @Test
    void noneIsInTheWordsOfALibrary() throws Exception {
        Random random = new Random(18);
        RandomJson json = new RandomJson(random);
        ObjectMapper mapper = new ObjectMapper();
        int bad = 0;
        for (int i = 0; i < 60_000; i++) {
            String text = spoiled(random, mapper.writeValueAsString(json.object(3)));
            String name = random.nextInt(5) == 0 ? "x.csv" : null;
            byte[] bytes = (random.nextBoolean() ? text : "[" + text + "]").getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(8) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                for (SourceRecord record : Reading.all(bytes, name)) {
                    bad += record.wellFormed() ? 0 : 1;
                    assertPlain(record.problem(), text);
                }
            } catch (NotRecordsException e) {
                assertPlain(e.getMessage(), text);
            }
        }
        assertThat(bad).isGreaterThan(10_000);
    }

    @Test
    void objectsThatCannotBeWrittenAreToldPlainly() throws Exception {
        for (SourceRecord record : Reading.all(List.of(new Object(), new Itself()), null)) {
            assertThat(record.problem()).startsWith("the object cannot be written as JSON");
            assertPlain(record.problem(), "");
        }
    }

    private static void assertPlain(String reason, String text) {
        if (reason != null && FOREIGN.matcher(reason).find()) {
            throw new AssertionError(reason + "\nof " + text);
        }
    }

    private static String spoiled(Random random, String sound) {
        StringBuilder text = new StringBuilder(sound);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(2));
            int piece = PIECES.offsetByCodePoints(0, random.nextInt(PIECES.codePointCount(0, PIECES.length())));
            text.replace(at, end, random.nextInt(4) == 0 ? "" : Character.toString(PIECES.codePointAt(piece)));
        }
        return text.isEmpty() ? "{" : text.toString();
    }

    /** Refers to itself. */
    static final class Itself {
        public Itself getSelf() {
            return this;
        }
    }
}
