// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.time.Instant;

import dev.gtmroutes.console.state.VendorMark;

/**
 * Something that needs a person, with one way to mend it.
 *
 * @param kind   what it is
 * @param flow   id of the flow; empty if it is about several
 * @param count  how many things it is about; 0 for the flow itself
 * @param title  what it is about
 * @param vendor of the flow; null if it has none
 * @param text   why, and what waits
 * @param since  since when; null if that is not known
 * @param next   when the program tries again; null if it does not wait for that
 * @param button what a person does about it
 * @param href   where
 */
public record AttentionItem(Kind kind, String flow, long count, String title, VendorMark vendor, String text, Instant since,
        Instant next, String button, String href) {

    /** From the most urgent to the least urgent. */
    public enum Kind {
        FAILING("failing", "Failing", "alert-circle"),
        RETRYING("retrying", "Retrying", "refresh"),
        HELD("held", "Held", "help-circle"),
        LATE("late", "Late", "hourglass"),
        REJECTED("rejected", "Rejected", "x"),
        NEEDS_SETUP("setup", "Needs setup", "tool");

        private final String id;
        private final String title;
        private final String icon;

        Kind(String id, String title, String icon) {
            this.id = id;
            this.title = title;
            this.icon = icon;
        }

        /** The end of the name of its style, {@code chip-failing}; also part of ids. */
        public String id() {
            return id;
        }

        /** The word that people read. */
        public String title() {
            return title;
        }

        /** Name of its icon. */
        public String icon() {
            return icon;
        }
    }

    /** Whether it is the most urgent kind, so that its button stands out. */
    public boolean isUrgent() {
        return kind == Kind.FAILING;
    }

    /** Stays the same while the page follows what happens. */
    public String id() {
        return "attention-" + kind.id() + (flow.isEmpty() ? "" : "-" + flow);
    }
}
