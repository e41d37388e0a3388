// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.console.web.ResponseStatus;
import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.ReplayResult;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.reason.LetterReason;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * A dead letter on a page of its own.
 *
 * @param typed what somebody has typed in the place of the record; null if nobody did
 * @param error what is wrong with it; empty if nothing is
 * @param presence whether its flow is there, so that the record can be sent
 * @param result  what came of its replay; null if it was not replayed
 * @param topic   where new dead letters go; empty if they go to files
 * @param vendor  whose API was to get the record
 */
public record LetterView(String flow, FoundLetter found, String typed, String error, FlowPresence presence,
        ReplayResult result, String topic, VendorMark vendor) {

    /**
     * Something that was done with it, in words.
     *
     * @param style of its dot: ok, bad or none
     */
    public record Line(String what, Instant time, String style) {
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

    /** Its name as part of an id of an element. */
    public String key() {
        return LetterRow.key(name());
    }

    /** By what people know the record. */
    public String label() {
        return new LetterRow(flow, letter()).label();
    }

    /** The address at which something is done with it. */
    public String action() {
        return new LetterRow(flow, letter()).action();
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

    /** Such as {@code People.ai rejected the record: participants must not be empty}. */
    public String reason() {
        LetterReason why = letter().why();
        String who = hasVendor() ? vendor.title() : "The API";
        return isHeld() ? who + " may have processed the record: " + why.said()
                : why.status() > 0 ? who + " rejected the record: " + why.said()
                : "The record was not sent: " + why.said();
    }

    /** The sentence that the dead letter has in its file; empty if it says no more than the reason. */
    public String written() {
        String written = letter().reason();
        return letter().why().said().equals(written) ? "" : GroupRow.sentence(written);
    }

    public boolean hasVendor() {
        return !vendor.equals(VendorMark.NONE);
    }

    /** Class of the chip of its state. */
    public String chipStyle() {
        return !isOpen() ? "chip-paused" : isHeld() ? "chip-held" : "chip-rejected";
    }

    /** The icon of the chip of its state. */
    public String chipIcon() {
        return !isOpen() ? "check" : isHeld() ? "help-circle" : "x";
    }

    /** Such as {@code Rejected, edited}. */
    public String chip() {
        String state = switch (letter().fate()) {
            case OPEN -> isHeld() ? "Held" : "Rejected";
            case REPLAYED -> "Replayed";
            case DISCARDED -> "Discarded";
        };
        return state + (isEdited() && isOpen() ? ", edited" : "");
    }

    public Instant time() {
        return letter().time();
    }

    /** Such as {@code 422 Unprocessable Entity}. */
    public String responded() {
        return ResponseStatus.of(status());
    }

    public int status() {
        return letter().status();
    }

    public String answer() {
        return TruncatedText.json(letter().answer()).text();
    }

    public String source() {
        return letter().place();
    }

    /** Id of the request that carried it last; empty if it is not known. */
    public String request() {
        return letter().requestId();
    }

    public String template() {
        return letter().template();
    }

    public boolean isEdited() {
        return letter().edited();
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

    /** What happened to it, oldest first. */
    public List<Line> history() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line((isHeld() ? "Held: " : "Rejected: ") + letter().why().said(), time(), "bad"));
        found.history().forEach(each -> lines.add(new Line(switch (each.what()) {
            case "replaying" -> "Queued for replay in " + flow;
            case "edited" -> "Record edited";
            default -> "Discarded";
        }, each.time(), "")));
        return lines;
    }

    /** The style of what came of its replay. */
    public String outcomeStyle() {
        return result == null ? "next" : switch (result.state()) {
            case FINISHED, SAVED -> "ok";
            case AGAIN -> "bad";
            case WAITING, UNKNOWN -> "next";
        };
    }

    /** What came of its replay, in words; empty if it was not replayed. */
    public String outcome() {
        return result == null ? "" : switch (result.state()) {
            case WAITING -> "The record waits in the inbox of " + flow + switch (presence) {
                case LOADED -> " or is being sent.";
                case NOT_LOADED -> ", which is not loaded.";
                case GONE -> ", which does not exist any more.";
            };
            case AGAIN -> "The record was not delivered: it is a dead letter again.";
            case SAVED -> "The flow has saved the record; its outcome comes with the bulk job.";
            case FINISHED -> topic.isEmpty()
                    ? "Delivered: the flow has finished the record, and it is not a dead letter again."
                    : "The flow has finished the record. If it was rejected, it is in the Kafka topic " + topic + ".";
            case UNKNOWN -> "It is not known whether the record was delivered: the file of the replay is gone.";
        };
    }

    /** Whether the outcome is still to come. */
    public boolean isWaiting() {
        return result != null && result.state() == ReplayResult.State.WAITING && !isGone();
    }

    /** Whether its flow has a page. */
    public boolean hasFlow() {
        return presence == FlowPresence.LOADED;
    }

    /** Whether the record would wait in the inbox until its flow is loaded. */
    public boolean isNotLoaded() {
        return presence == FlowPresence.NOT_LOADED;
    }

    /** Whether there is no file for its flow any more. */
    public boolean isGone() {
        return presence == FlowPresence.GONE;
    }

    /** The dead letter that it became when it was replayed; null if it did not. */
    public LetterRow again() {
        return result == null || result.again() == null ? null : new LetterRow(flow, result.again());
    }

    /** Whether this text, which a form has sent, is the record as it was shown: forms end lines in their own way. */
    boolean isRecord(String sent) {
        return lines(sent).equals(lines(shown(letter()).text()));
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    private static String text(DeadLetter letter) {
        return new String(letter.record(), StandardCharsets.UTF_8);
    }

    private static TruncatedText shown(DeadLetter letter) {
        return TruncatedText.json(text(letter));
    }
}
