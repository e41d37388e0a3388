// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import dev.gtmroutes.deadletter.reason.LetterReason;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.progress.InputProgress;

/**
 * A record that was not delivered, and what a person has done about it.
 *
 * @param id          what people call it
 * @param fate        whether somebody still has to do something about it
 * @param edited      whether a person has replaced the record
 * @param state       whether it certainly had no effect
 * @param reason      why it was not delivered
 * @param status      HTTP status of the answer, 0 if there was none
 * @param answer      body of the answer, empty if there was none
 * @param template    name of the template that was to deliver it
 * @param flow        the id that its flow had when it was written
 * @param destination id of the destination's route; empty if nobody noted it
 * @param sourceFile  the file, or whatever it came from
 * @param sourceLine  line of that file, 0 where there are no lines
 * @param requestId   id of the request that carried it last, as response events have it; empty if it was not sent, or the
 *                    line is older than that
 * @param recordKey   by what people know the record; empty if the flow does not say, or the record has none
 * @param time        when it was written
 * @param record      the bytes of the record as they came in, or as they were edited
 * @param wellFormed  whether the record is a JSON object; otherwise it is the text that came in its place
 */
public record DeadLetter(LetterId id, Fate fate, boolean edited, DeadLetterState state, String reason, int status,
        String answer, String template, String flow, String destination, String sourceFile, long sourceLine,
        String requestId,
        String recordKey, Instant time, byte[] record, boolean wellFormed) {

    /** What became of a dead letter. */
    public enum Fate {
        /** Nothing yet. */
        OPEN("open"),
        /** It was handed to its flow again. */
        REPLAYED("already replayed"),
        /** Somebody wants it never to be delivered. */
        DISCARDED("discarded");

        private final String words;

        Fate(String words) {
            this.words = words;
        }

        /** The word for it in JSON, such as {@code replayed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** In words for people. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** The line of a file; one that is damaged makes a letter that says so. */
    public static DeadLetter of(LetterId id, byte[] line, Fate fate, byte[] edited) {
        JsonLine json;
        try {
            json = JsonLine.parse(line);
        } catch (IOException e) {
            return new DeadLetter(id, fate, edited != null, DeadLetterState.REJECTED, "the line in the file of dead letters "
                    + "is damaged", 0,
                    "", "", "", "", "", 0, "", "", midnight(id), edited == null ? line : edited, edited != null);
        }
        boolean isHeld = json.text("state").equals(DeadLetterState.HELD.toString());
        byte[] original = json.record() == null ? new byte[0] : json.record();
        return new DeadLetter(id, fate, edited != null, isHeld ? DeadLetterState.HELD : DeadLetterState.REJECTED,
                json.text("reason"), json.fields().path("status").asInt(), json.text("answer"), json.text("template"),
                json.text("flow"), json.text("destination"), json.text("sourceFile"), json.fields().path("line").asLong(),
                json.text("requestId"), json.text("recordKey"), time(json.text("time"), id),
                edited == null ? original : edited, edited != null || json.wellFormed());
    }

    /** The same as a letter of this flow: one that was renamed calls its destinations by its new name. */
    DeadLetter in(String now) {
        return flow.isEmpty() || flow.equals(now) || !destination.startsWith(flow + ":") ? this
                : new DeadLetter(id, fate, edited, state, reason, status, answer, template, now,
                        now + destination.substring(flow.length()), sourceFile, sourceLine, requestId, recordKey, time,
                        record, wellFormed);
    }

    private static Instant time(String text, LetterId id) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return midnight(id);
        }
    }

    private static Instant midnight(LetterId id) {
        return id.file().day().atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Where it came from, in words: the file and the line, if there are lines. */
    public String place() {
        return sourceFile + (sourceLine > 0 ? ", line " + sourceLine : "");
    }

    /** The reason in the form that dead letters of one group share. */
    public LetterReason why() {
        return LetterReason.of(state, reason, status, answer, template);
    }

    /** Whether somebody still has to do something about it. */
    public boolean isOpen() {
        return fate == Fate.OPEN;
    }

    /** The one destination that a replay goes to. */
    InputProgress.DestinationKey only() {
        return new InputProgress.DestinationKey(destination, template);
    }

    /**
     * @param  held whether letters may be replayed whose records may arrive twice then
     * @return      why it cannot be replayed, and what to do; null if it can
     */
    String obstacle(boolean held) {
        if (!wellFormed) {
            return "the record is not a JSON object: edit it first";
        }
        if (destination.isEmpty() || template.isEmpty()) {
            return "its destination is unknown: export the record and deliver it as a new record";
        }
        return state == DeadLetterState.HELD && !held
                ? "it is held, so the API may have processed the record: include held records if the record may arrive "
                        + "twice"
                : null;
    }
}
