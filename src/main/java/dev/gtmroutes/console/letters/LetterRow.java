// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.index.LetterPage;

/** A dead letter as a line of the list. */
public record LetterRow(String flow, DeadLetter letter) {

    private static final int MOST_CHARS = 200;

    static LetterRow of(LetterPage.Entry entry) {
        return new LetterRow(entry.flow(), entry.letter());
    }

    /** Such as {@code calls/2026-01-31/17}: what its box in a form stands for. */
    public String name() {
        return flow + "/" + letter.id();
    }

    /** The address of its page. */
    public String href() {
        return "/dead-letters/" + LetterFilter.encoded(flow) + "/" + letter.id();
    }

    public Instant time() {
        return letter.time();
    }

    public String kind() {
        return letter.state().toString();
    }

    public boolean isEdited() {
        return letter.edited();
    }

    public String reason() {
        return cut(letter.reason());
    }

    /** The beginning of the record. */
    public String record() {
        byte[] bytes = letter.record();
        return cut(new String(bytes, 0, Math.min(bytes.length, 4 * MOST_CHARS), StandardCharsets.UTF_8));
    }

    public String source() {
        return letter.sourceFile() + (letter.sourceLine() > 0 ? ":" + letter.sourceLine() : "");
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + " …";
    }
}
