// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads and prints. Text is printed so that it can do nothing to a terminal: records and answers come from
 * elsewhere.
 */
final class Terminal {

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Terminal(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    static Terminal ofProgram() {
        return new Terminal(System.in,
                new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** Everything that is piped in. */
    byte[] read() throws IOException {
        return in.readAllBytes();
    }

    /** Prints a line. */
    void line(String text) {
        out.println(plain(text));
    }

    /** Prints text of this program, which may have several lines. */
    void page(String text) {
        out.print(text);
    }

    /** Prints bytes as they are, for another program, and a line end. */
    void raw(byte[] line) {
        out.write(line, 0, line.length);
        out.write('\n');
    }

    /** Tells what went wrong, in one line. */
    void error(String text) {
        out.flush();
        err.println(plain(text));
    }

    /** @throws IOException if something could not be printed: who reads it has to know that it is not all */
    void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("the output could not be written");
        }
    }

    /** The text with everything that a terminal might take for a command written as JSON would write it. */
    static String plain(String text) {
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (isUnsafe(each)) {
                plain = plain == null ? new StringBuilder(text.substring(0, i)) : plain;
                plain.append(String.format("\\u%04x", (int) each));
            } else if (plain != null) {
                plain.append(each);
            }
        }
        return plain == null ? text : plain.toString();
    }

    /** Control characters, and those that end a line or change the direction of the text behind them. */
    private static boolean isUnsafe(char each) {
        return Character.isISOControl(each) || switch (Character.getType(each)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
