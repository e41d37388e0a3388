// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.gtmroutes.flow.FlowStatus;

/**
 * What state a flow is in, for people: a word, an icon, a colour and a line that says why. In templates:
 * <code>{#chip row.chip /}</code>.
 *
 * @param kind   what it means for a person
 * @param text   the word, such as {@code Retrying}
 * @param since  since when; null where that says nothing
 * @param detail one line without secrets: why, or what happens next; empty if there is nothing to say
 * @param next   when the next attempt starts at the latest; null if none is waited for
 */
public record FlowChip(Kind kind, String text, Instant since, String detail, Instant next) {

    /** From the most urgent to the least urgent. */
    public enum Kind {
        /** Nothing is delivered until a person acts. */
        FAILING("alert-circle", "Failing", "failing"),
        /** Something is missing or wrong in the flow or its settings. */
        NEEDS_SETUP("tool", "Needs setup", "setup"),
        /** An export or a list makes no progress. */
        LATE("hourglass", "Late", "late"),
        /** Requests fail now, and the program sends them again. */
        RETRYING("refresh", "Retrying", "retrying"),
        /** No record has come since the program started, so nobody knows. */
        STARTING("clock", "No records yet", "queued"),
        /** The last records were delivered. */
        HEALTHY("circle-check", "Healthy", "healthy"),
        /** A person wants it so. */
        PAUSED("player-pause", "Paused", "paused");

        private final String icon;
        private final String title;
        private final String style;

        Kind(String icon, String title, String style) {
            this.icon = icon;
            this.title = title;
            this.style = style;
        }

        /** Name of its icon, such as {@code circle-check}. */
        public String icon() {
            return icon;
        }

        /** The word that people read. */
        public String title() {
            return title;
        }

        /** The end of the name of its style, {@code chip-healthy}. */
        public String style() {
            return style;
        }

        /** In addresses and filters, such as {@code needs-setup}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether a person has to look. */
        public boolean isProblem() {
            return compareTo(STARTING) < 0;
        }
    }

    static FlowChip of(Kind kind, Instant since, String detail) {
        return new FlowChip(kind, kind.title(), since, detail, null);
    }

    /** Of a flow without exports and lists. */
    public static FlowChip of(FlowStatus status) {
        return of(status, List.of());
    }

    /**
     * Of a flow.
     *
     * @param concerns what makes no progress at its source, as {@link SourceConcerns} has it
     */
    public static FlowChip of(FlowStatus status, List<String> concerns) {
        return new ChipRules(status, concerns, Instant.now()).chip();
    }
}
