// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * A dead letter on a page of its own.
 *
 * @param typed what somebody has typed in the place of the record; null if nobody did
 * @param error what is wrong with it; empty if nothing is
 */
public record LetterView(String flow, FoundLetter found, String typed, String error) {

    /** Something that was done with it, in words. */
    public record Line(String what, Instant time) {
    }

    private DeadLetter letter() {
        return found.letter();
    }

    public String id() {
        return letter().id().toString();
    }

    public String name() {
        return new LetterRow(flow, letter()).name();
    }

    public String href() {
        return new LetterRow(flow, letter()).href();
    }

    public boolean isOpen() {
        return letter().isOpen();
    }

    public boolean isHeld() {
        return letter().state() == DeadLetterState.HELD;
    }

    /** Such as {@code rejected}. */
    public String kind() {
        return letter().state().toString();
    }

    /** Such as {@code discarded}. */
    public String fate() {
        return letter().fate().toString();
    }

    public String reason() {
        return letter().reason();
    }

    public Instant time() {
        return letter().time();
    }

    public int status() {
        return letter().status();
    }

    public String answer() {
        return TruncatedText.of(letter().answer()).text();
    }

    public String source() {
        return letter().sourceFile() + (letter().sourceLine() > 0 ? ", line " + letter().sourceLine() : "");
    }

    public String template() {
        return letter().template();
    }

    public boolean isEdited() {
        return letter().edited();
    }

    public boolean isWellFormed() {
        return letter().wellFormed();
    }

    /** What stands in the field of the record. */
    public String record() {
        return typed != null ? typed : shown(letter()).text();
    }

    /** Whether there is more of the record than a page shows; then it can be edited on the command line only. */
    public boolean isCut() {
        return shown(letter()).isCut();
    }

    /** The record before somebody edited it. */
    public String original() {
        return shown(found.original()).text();
    }

    public List<Line> history() {
        return found.history().stream().map(each -> new Line(switch (each.what()) {
            case "replaying" -> "Queued for replay in " + flow;
            case "edited" -> "Record edited";
            default -> "Discarded";
        }, each.time())).toList();
    }

    /** Whether this text, which a form has sent, is the record as it was shown: forms end lines in their own way. */
    boolean isRecord(String sent) {
        return lines(sent).equals(lines(text(letter())));
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    private static String text(DeadLetter letter) {
        return new String(letter.record(), StandardCharsets.UTF_8);
    }

    private static TruncatedText shown(DeadLetter letter) {
        return TruncatedText.of(text(letter));
    }
}
