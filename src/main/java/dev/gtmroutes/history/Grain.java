// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How fine counts are kept. Counts of neighbouring spans stand in one block, and blocks are sorted by their time. */
enum Grain {

    MINUTE('m', ChronoUnit.MINUTES, 60),
    HOUR('h', ChronoUnit.HOURS, 24);

    private final char mark;
    private final ChronoUnit unit;
    private final int slots;

    Grain(char mark, ChronoUnit unit, int slots) {
        this.mark = mark;
        this.unit = unit;
        this.slots = slots;
    }

    ChronoUnit unit() {
        return unit;
    }

    /** Spans since 1970; times before are none. */
    long number(Instant at) {
        return Math.max(0, at.getEpochSecond() / unit.getDuration().toSeconds());
    }

    /** The number of the span that begins at this instant, or next after it. */
    long endNumber(Instant until) {
        long number = number(until);
        return until.isAfter(start(number)) ? number + 1 : number;
    }

    Instant start(long number) {
        return Instant.ofEpochSecond(number * unit.getDuration().toSeconds());
    }

    long block(long number) {
        return number / slots;
    }

    /** The first number in a block. */
    long firstOf(long block) {
        return block * slots;
    }

    int slot(long number) {
        return (int) (number % slots);
    }

    /** The key of a block: all blocks of one time stand together. */
    String key(long block, String flow) {
        return "%s%012x%s".formatted(mark, block, flow);
    }

    /** The least key of this grain. */
    String first() {
        return String.valueOf(mark);
    }

    /** Whether the key is one of this grain. */
    boolean isOne(String key) {
        return key.charAt(0) == mark;
    }

    /** The flow that a key of this grain is of. */
    static String flow(String key) {
        return key.substring(13);
    }

    /** The block that a key of this grain is of. */
    static long block(String key) {
        return Long.parseLong(key, 1, 13, 16);
    }
}
