// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.gtmroutes.record.read.ByteWindow;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;

class StreamingTest {

    private static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void randomObjectsComeBackByteByByteInEveryForm() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectWriter pretty = mapper.writerWithDefaultPrettyPrinter();
        Random random = new Random(7);
        RandomJson json = new RandomJson(random);
        for (int round = 0; round < 400; round++) {
            int form = random.nextInt(4);
            List<String> expected = new ArrayList<>();
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                boolean wide = form == 2 || form == 3 && json.pretty();
                expected.add((wide ? pretty : mapper.writer()).writeValueAsString(json.object(3)));
            }
            // Objects of one line and of several in one file, not in an array, are nobody's form.
            String content = switch (form) {
                case 0 -> String.join(json.pretty() ? "\n" : "\r\n\n", expected) + (json.pretty() ? "\n" : "");
                case 1 -> String.join("", expected);
                case 2 -> String.join("\n", expected);
                default -> "[" + String.join(json.pretty() ? "," : " ,\n", expected) + "]";
            };
            assertThat(Reading.texts(Reading.all(content))).as("form %d: %s", form, content).isEqualTo(expected);
        }
    }

    @Test
    void recordsAcrossTheBordersOfTheBufferStayWhole() throws Exception {
        String tail = "{\"s\":\"é€😀\\\"\\\\\",\"o\":[{}]}";
        for (String separator : new String[] {"\n", ","}) {
            for (int back = 0; back < 45; back++) {
                String head = "{\"p\":\"" + "x".repeat(ByteWindow.SIZE - 8 - back) + "\"}";
                String content = head + separator + tail + separator + tail;
                content = separator.equals(",") ? "[" + content + "]" : content;
                assertThat(Reading.texts(Reading.all(stream(content), null))).containsExactly(head, tail, tail);
            }
        }
        for (int back = 0; back < 30; back++) {
            String cell = "x".repeat(ByteWindow.SIZE - 7 - back);
            assertThat(Reading.texts(Reading.all(stream("a,b\n1," + cell + "\n\"é😀\"\"\r\n\",2\r\n3,4"), null)))
                    .containsExactly("{\"a\":\"1\",\"b\":\"" + cell + "\"}", "{\"a\":\"é😀\\\"\\r\\n\",\"b\":\"2\"}",
                            "{\"a\":\"3\",\"b\":\"4\"}");
        }
    }

    @Test
    void largeRecordsAreReadWhole() throws Exception {
        String large = "{\"a\":\"" + "é{\\\"}".repeat(900_000) + "\"}";
        String small = "{\"a\":1}";
        assertThat(Reading.texts(Reading.all(stream(small + "\n" + large + "\n" + small), null)))
                .isEqualTo(List.of(small, large, small));
        assertThat(Reading.texts(Reading.all(stream("[" + small + "," + large + "," + small + "]"), null)))
                .isEqualTo(List.of(small, large, small));
    }

    @Test
    void theLimitIsExact() throws Exception {
        String most = "{\"a\":\"" + "x".repeat(RecordSize.DEFAULT.bytes() - 8) + "\"}";
        String over = "{\"a\":\"" + "x".repeat(RecordSize.DEFAULT.bytes() - 7) + "\"}";
        for (String[] form : new String[][] {{"", "\r\n", "\n"}, {"[", ",", "]"}}) {
            String content = form[0] + "{\"a\":1}" + form[1] + most + form[1] + over + form[1] + "{\"a\":4}" + form[2];
            for (Object body : new Object[] {content, stream(content)}) {
                List<SourceRecord> records = Reading.all(body, null);
                assertThat(records).extracting(SourceRecord::problem)
                        .containsExactly(null, null, RecordSize.DEFAULT.exceeded(), null);
                assertThat(records.get(2).bytes()).hasSize(RecordReader.MAX_RAW_BYTES);
                assertThat(Reading.text(records.get(3))).isEqualTo("{\"a\":4}");
            }
        }
    }

    @Test
    void theLimitCanBeSet() throws Exception {
        RecordSize size = RecordSize.of("2k");
        String most = "{\"a\":\"" + "x".repeat(2048 - 8) + "\"}";
        String over = "{\"a\":\"" + "x".repeat(2048 - 7) + "\"}";
        for (Object body : new Object[] {most + "\n" + over + "\n{\"a\":3}", "[" + most + "," + over + ",{\"a\":3}]",
                "a,b\n" + "x".repeat(2000) + ",1\n" + "x".repeat(2047) + ",1\n3,3", List.of(most, over, "{\"a\":3}")}) {
            try (RecordReader reader = RecordReader.open(body, null, null, size)) {
                List<String> problems = new ArrayList<>();
                reader.forEachRemaining(each -> problems.add(each.problem()));
                assertThat(problems).containsExactly(null, "longer than 2 KB, the maximum that gtm.max-record-bytes "
                        + "allows", null);
            }
        }
        String large = "{\"a\":\"" + "x".repeat(17 << 20) + "\"}";
        for (String content : new String[] {large, "[" + large + "]", "{}\n[" + large + "]"}) {
            try (RecordReader reader = RecordReader.open(content, null, null, RecordSize.of("20M"))) {
                reader.forEachRemaining(each -> assertThat(each.problem()).isNull());
            }
        }
    }

    @Test
    void sizesAreNumbersWithUnits() {
        assertThat(RecordSize.of("16M")).isEqualTo(RecordSize.DEFAULT).hasToString("16 MB");
        assertThat(RecordSize.of(" 64 kb ").bytes()).isEqualTo(65536);
        assertThat(RecordSize.of("1500")).hasToString("1500 bytes");
        for (String wrong : new String[] {"", "many", "-1", "16MX", "1", "1G", "999999999999G"}) {
            assertThatThrownBy(() -> RecordSize.of(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("gtm.max-record-bytes");
        }
    }

    @Test
    void recordsFarOverTheLimitAreSkippedWithoutBeingHeld() throws Exception {
        for (String[] form : new String[][] {{"", "\n", "\n"}, {"[\n", ",\n", "\n]"}}) {
            try (RecordReader reader = RecordReader.open(new Repeated(form[0] + "{\"a\":1}" + form[1] + "{\"a\":[",
                    "{\"b\":\"}\\\"\"},", 1_800_000, "1]}" + form[1] + "{\"a\":3}" + form[2]), null, null)) {
                assertThat(reader.next().wellFormed()).isTrue();
                SourceRecord long_ = reader.next();
                assertThat(long_.problem()).isEqualTo(RecordSize.DEFAULT.exceeded());
                assertThat(long_.bytes()).hasSize(RecordReader.MAX_RAW_BYTES);
                assertThat(new String(long_.bytes(), 0, 12, StandardCharsets.UTF_8)).isEqualTo("{\"a\":[{\"b\":\"");
                SourceRecord last = reader.next();
                assertThat(Reading.text(last)).isEqualTo("{\"a\":3}");
                assertThat(last.line()).isEqualTo(long_.line() + 1);
                assertThat(reader.hasNext()).isFalse();
            }
        }
    }

    @Test
    void memoryDoesNotGrowWithTheInput() throws Exception {
        String record = "{\"subject\":\"Quarterly review\",\"notes\":\"" + "x".repeat(5000) + "\"},";
        int count = 200_000_000 / record.length();
        int widest = 0;
        long read = 0;
        Repeated in = new Repeated("[", record, count, "{}]");
        try (RecordReader reader = RecordReader.open(in, null, null)) {
            while (reader.hasNext()) {
                assertTrue(reader.next().wellFormed());
                read++;
                widest = Math.max(widest, in.widestRead);
            }
        }
        assertThat(read).isEqualTo(count + 1);
        // What is asked of the source at once is what the buffer has room for.
        assertThat(widest).isLessThanOrEqualTo(ByteWindow.SIZE);
        assertThat(in.total).isGreaterThan(199_000_000L);
    }

    @Test
    void faultsWithoutEndTakeNoTimeWithoutEnd() throws Exception {
        try (RecordReader reader = RecordReader.open(new Repeated("[", "{\"a\":1,\n", 2_300_000, "]"), null, null)) {
            long count = 0;
            while (reader.hasNext()) {
                assertTrue(!reader.next().wellFormed());
                count++;
            }
            assertThat(count).isBetween(1L, 2_300_000L);
        }
    }

    @Test
    void skippedRecordsStillCount() throws Exception {
        BitSet done = new BitSet();
        done.set(0);
        done.set(2, 4);
        done.set(6);
        for (String content : new String[] {
                "{\"a\":0}\n{\"a\":}\n{\"a\":2}\n{\"a\":}\n{\"a\":4}{\"a\":5}\n[{\"a\":6},{\"a\":7}]",
                "[{\"a\":0},{\"a\":},{\"a\":2},,{\"a\":4},{\"a\":5},{\"a\":6},{\"a\":7}]"}) {
            try (RecordReader reader = RecordReader.open(content, null, null)) {
                assertThat(reader.hasNext()).isTrue();
                reader.skip(done);
                List<SourceRecord> records = new ArrayList<>();
                reader.forEachRemaining(records::add);
                assertThat(records).extracting(SourceRecord::index).containsExactly(1L, 4L, 5L, 7L);
                assertThat(records).extracting(SourceRecord::wellFormed).containsExactly(false, true, true, true);
                assertThat(Reading.text(records.get(3))).isEqualTo("{\"a\":7}");
            }
        }
        try (RecordReader reader = RecordReader.open("a,b\n0,\n1,1,1\n2,\n3\n4,\n", null, null)) {
            reader.skip(done);
            assertThat(reader.next().index()).isEqualTo(1);
            assertThat(Reading.text(reader.next())).isEqualTo("{\"a\":\"4\"}");
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void skippingAgreesWithReadingWhateverTheContent() throws Exception {
        Random random = new Random(3);
        String[] pieces = {"{\"a\":1}", "{\"a\":1}", "\n", "\n", ",", "{", "}", "[", "]", "\"", "\\", "5", "{\"a\":\"x\"}"};
        for (int round = 0; round < 1500; round++) {
            StringBuilder content = new StringBuilder(random.nextBoolean() ? "{\"a\":1}\n" : "[");
            for (int i = random.nextInt(25); i > 0; i--) {
                content.append(pieces[random.nextInt(pieces.length)]);
            }
            List<SourceRecord> all = Reading.all(content.toString());
            BitSet done = new BitSet();
            all.stream().filter(r -> random.nextBoolean()).forEach(r -> done.set((int) r.index()));
            all.removeIf(r -> done.get((int) r.index()));
            try (RecordReader reader = RecordReader.open(content.toString(), null, null)) {
                reader.skip(done);
                List<SourceRecord> rest = new ArrayList<>();
                reader.forEachRemaining(rest::add);
                assertThat(Reading.describe(rest)).as(content.toString()).isEqualTo(Reading.describe(all));
            }
        }
    }

    private static void assertTrue(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }

    /** A head, a piece many times and a tail, none of which is ever in memory as a whole. */
    private static final class Repeated extends InputStream {
        private final byte[] piece;
        private final byte[] tail;
        private byte[] current;
        private int at;
        private long left;
        private int widestRead;
        private long total;

        Repeated(String head, String piece, long count, String tail) {
            this.current = head.getBytes(StandardCharsets.UTF_8);
            int bundle = (int) Math.max(1, Math.min(count, 1000));
            ByteArrayOutputStream bundled = new ByteArrayOutputStream();
            for (int i = 0; i < bundle; i++) {
                bundled.writeBytes(piece.getBytes(StandardCharsets.UTF_8));
            }
            this.piece = bundled.toByteArray();
            this.left = count / bundle;
            this.tail = (piece.repeat((int) (count % bundle)) + tail).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() throws IOException {
            throw new IOException("one by one is too slow");
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == current.length) {
                if (left < 0) {
                    return -1;
                }
                current = left-- > 0 ? piece : tail;
                at = 0;
            }
            int count = Math.min(length, current.length - at);
            System.arraycopy(current, at, target, offset, count);
            at += count;
            total += count;
            widestRead = Math.max(widestRead, length);
            return count;
        }
    }
}
