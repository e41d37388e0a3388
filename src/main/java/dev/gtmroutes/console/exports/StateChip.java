// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

/**
 * How an export or a read is, for people: a word, an icon and a colour.
 *
 * @param style the end of the name of its style, {@code chip-late}
 * @param icon  name of its icon
 * @param text  such as {@code Reading}
 */
public record StateChip(String style, String icon, String text) {

    static final StateChip BROKEN = new StateChip("failing", "alert-circle", "Cannot be read");
    static final StateChip COMPLETE = new StateChip("complete", "circle-check", "Complete");
    static final StateChip PAUSED = new StateChip("paused", "player-pause", "Not running here");
    static final StateChip WAITING = new StateChip("queued", "clock", "Waits for the next days");

    static StateChip late(String text) {
        return new StateChip("late", "hourglass", text);
    }

    static StateChip running(String text) {
        return new StateChip("running", "loader", text);
    }
}
