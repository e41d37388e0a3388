// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The beginning of a body, kept for a person who looks.
 *
 * @param bytes  the beginning; not copied again, to be read only
 * @param kept   so many bytes of the body are here; masked, they may be more or fewer
 * @param length bytes of the whole body
 */
public record BodyHead(byte[] bytes, int kept, long length) {

    /** Where there is no body. */
    public static final BodyHead NONE = new BodyHead(new byte[0], 0, 0);

    /**
     * Copies the beginning, so that the body itself can be freed.
     *
     * @param body null for none
     * @param most bytes that are kept, at most
     */
    public static BodyHead of(byte[] body, int most) {
        int kept = body == null ? 0 : Math.min(body.length, most);
        return kept == 0 ? NONE : new BodyHead(Arrays.copyOf(body, kept), kept, body.length);
    }

    /** The same without secrets. */
    BodyHead masked(UnaryOperator<String> mask) {
        return kept == 0 ? this : new BodyHead(mask.apply(text()).getBytes(StandardCharsets.UTF_8), kept, length);
    }

    /** Whether only the beginning is here. */
    public boolean isCut() {
        return kept < length;
    }

    /** As text; a character of which only a part is here is left out. */
    public String text() {
        int end = bytes.length;
        int lead = end - 1;
        while (isCut() && lead > 0 && end - lead < 4 && (bytes[lead] & 0xC0) == 0x80) {
            lead--;
        }
        if (isCut() && lead >= 0 && lead + length(bytes[lead]) > end) {
            end = lead;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** How many bytes a character of UTF-8 has that begins with this one. */
    private static int length(byte first) {
        return (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : (first & 0xF8) == 0xF0 ? 4 : 1;
    }
}
