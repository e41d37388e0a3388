// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

/** What a flow does, or why it does nothing. */
public enum FlowState {

    /** It delivers what comes. */
    ACTIVE("active", true),
    /** A person wants it so: its records wait until it is resumed. */
    PAUSED("paused", true),
    /** Its records wait until the credential works; it goes on by itself then. */
    WAITING_FOR_CREDENTIAL("waiting-for-credential", false),
    /** What became of its records cannot be written; it goes on by itself when the disk takes it. */
    WAITING_FOR_DISK("waiting-for-disk", false),
    /** So many records in a row were rejected for the same reason that it stopped by itself; the others wait. */
    PAUSED_AFTER_REJECTIONS("paused-after-rejections", false),
    /** It waits for its vendor, and nothing comes of it; it goes on watching. */
    STALLED("stalled", false),
    /** There is a mistake in its file. */
    NOT_LOADED("not-loaded", false);

    private final String text;
    private final boolean wanted;

    FlowState(String text, boolean wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /** Whether a person wants it so. */
    public boolean isWanted() {
        return wanted;
    }

    /** Whether it stands still until a person activates it. */
    public boolean mayActivate() {
        return this == PAUSED || this == PAUSED_AFTER_REJECTIONS;
    }

    /** Whether there is something to pause. */
    public boolean mayPause() {
        return this != NOT_LOADED && !mayActivate();
    }

    /** As it is shown, such as {@code not-loaded}. */
    @Override
    public String toString() {
        return text;
    }
}
