// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** A line of text with a checksum before it, which tells whether it is still what was written. */
public final class CheckedLine {

    private static final int SUM_CHARS = 8;

    private CheckedLine() {
    }

    /**
     * @param  text without line ends
     * @return      the line, with its line end
     */
    public static String of(String text) {
        return sum(text) + " " + text + "\n";
    }

    /**
     * @param  line without its line end
     * @return      the text, or null if the line is not what was written
     */
    public static String text(String line) {
        String text = line.length() > SUM_CHARS ? line.substring(SUM_CHARS + 1) : "";
        return line.equals(sum(text) + " " + text) ? text : null;
    }

    private static String sum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
