// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.gtmroutes.console.web.QueryText;
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

    /** The address of its page, with no filters. */
    public String href() {
        return "/dead-letters?letter=" + QueryText.encoded(name());
    }

    /** The address at which something is done with it. */
    public String action() {
        return "/dead-letters/" + QueryText.encoded(flow) + "/" + letter.id();
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

    /** Its name as part of an id of an element. */
    public String key() {
        return key(name());
    }

    static String key(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "-");
    }

    /** By what people know the record, or else where it came from. */
    public String label() {
        return !letter.recordKey().isEmpty() ? cut(letter.recordKey())
                : letter.sourceLine() > 0 ? "line " + letter.sourceLine() : letter.id().toString();
    }

    /** Where it came from, as far as the label does not say it. */
    public String place() {
        boolean isLine = letter.sourceLine() > 0 && !letter.recordKey().isEmpty();
        return (isLine ? "line " + letter.sourceLine() + " of " : "") + letter.sourceFile();
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + " …";
    }
}
