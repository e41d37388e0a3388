// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.util.ArrayList;
import java.util.List;

/**
 * What a response webhook, another flow and a topic are told of one attempt, and whether it is safe that they will be: no
 * record has an outcome before that. An event that lists very many records has several parts, each an event by itself.
 */
public final class ResponseEvent {

    /** A part lists no more records than that. */
    static final int MOST_RECORDS = 5_000;

    private final EventJson json;
    private boolean stored;
    private String problem = "a response event was not written to its outbox";
    private Exception cause = new IllegalStateException(problem);

    ResponseEvent(EventJson json) {
        this.json = json;
    }

    /** Its parts, in the order of their records; as a rule there is one. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < json.recordCount(); from += MOST_RECORDS) {
            parts.add(new Part(json, from, Math.min(json.recordCount(), from + MOST_RECORDS), true));
        }
        return parts;
    }

    /** It is on the disk. */
    public void stored() {
        stored = true;
    }

    /**
     * It is not on the disk.
     *
     * @param why one line for a person, without secrets
     */
    public void notStored(String why, Exception cause) {
        this.problem = why;
        this.cause = cause;
    }

    boolean isStored() {
        return stored;
    }

    /** Why it is not on the disk, as one line for a person. */
    public String problem() {
        return problem;
    }

    Exception cause() {
        return cause;
    }

    /** For a person: which one it is, in a few words. */
    String title() {
        return json.title();
    }

    /** What one message tells: the attempt, and some of its records. */
    public static final class Part {

        private final EventJson json;
        private final int from;
        private final int to;
        private final boolean withBody;

        private Part(EventJson json, int from, int to, boolean withBody) {
            this.json = json;
            this.from = from;
            this.to = to;
            this.withBody = withBody;
        }

        /** It as JSON, in one line. */
        public byte[] json() {
            return json.of(from, to, withBody);
        }

        /**
         * For who cannot take a message of this size.
         *
         * @return smaller ones in its place; none if there are none
         */
        public List<Part> smaller() {
            if (to - from == 1) {
                return withBody ? List.of(new Part(json, from, to, false)) : List.of();
            }
            int middle = (from + to + 1) / 2;
            return List.of(new Part(json, from, middle, withBody), new Part(json, middle, to, withBody));
        }
    }
}
