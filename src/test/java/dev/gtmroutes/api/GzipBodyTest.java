// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

/** Bodies in gzip that arrive in parts, of which nobody knows beforehand whether there is another one. */
class GzipBodyTest {

    private static final byte[] FIRST = gzip("{\"id\":1}\n");
    private static final byte[] SECOND = gzip("{\"id\":2}\n".repeat(2000));
    private static final byte[] EMPTY = gzip("");

    @Test
    void allMembersAreUnpackedWhereverThePartsEnd() throws IOException {
        byte[] body = joined(FIRST, EMPTY, SECOND, FIRST);
        String whole = "{\"id\":1}\n" + "{\"id\":2}\n".repeat(2000) + "{\"id\":1}\n";

        for (int part = 1; part <= body.length; part++) {
            assertThat(unpacked(body, part)).as("parts of %d bytes", part).isEqualTo(whole);
        }
    }

    @Test
    void aBodyThatIsCutOffAnywhereIsNoWholeBody() throws IOException {
        byte[] body = joined(FIRST, SECOND);

        for (int end = 1; end < body.length; end++) {
            byte[] cut = Arrays.copyOf(body, end);
            for (int part : new int[] {1, 20, FIRST.length, FIRST.length + 5, 8192}) {
                if (end == FIRST.length) {
                    // Nobody can see that there was more.
                    assertThat(unpacked(cut, part)).isEqualTo("{\"id\":1}\n");
                } else {
                    assertThatThrownBy(() -> unpacked(cut, part)).as("%d bytes in parts of %d", end, part)
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void whatFollowsAMemberIsToldIfItIsNoMember() {
        for (String more : new String[] {"x", "\0", "no gzip", "much more than the header and the trailer of a member"}) {
            byte[] body = joined(FIRST, more.getBytes(UTF_8));
            for (int part : new int[] {1, FIRST.length, FIRST.length + 1, 8192}) {
                assertThatThrownBy(() -> unpacked(body, part)).as("'%s' in parts of %d", more, part)
                        .isInstanceOf(IOException.class).hasMessageContaining("after the gzip body");
            }
        }
    }

    @Test
    void itsEndStaysItsEnd() throws IOException {
        try (InputStream body = new GzipBody(new Parts(FIRST, 3))) {
            assertThat(body.readAllBytes()).hasSize(9);
            assertThat(body.read()).isEqualTo(-1);
            assertThat(body.read(new byte[8])).isEqualTo(-1);
        }
    }

    private static String unpacked(byte[] body, int part) throws IOException {
        try (InputStream in = new GzipBody(new Parts(body, part))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[]... members) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(members).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** As from a network: at most one part at a time, and never anything available. */
    private static final class Parts extends FilterInputStream {

        private final int size;
        private int left;

        Parts(byte[] bytes, int size) {
            super(new ByteArrayInputStream(bytes));
            this.size = size;
            this.left = size;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, Math.min(length, left));
            left -= Math.max(read, 0);
            left = left == 0 ? size : left;
            return read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
