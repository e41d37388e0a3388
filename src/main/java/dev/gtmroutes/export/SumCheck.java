// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.util.Locale;

/** What is known of whether all fragments of a job are all its data: the sum of their bytes, and what People.ai says. */
enum SumCheck {
    /** Some fragments are still to come. */
    OPEN,
    /** Something is missing: the fragment behind the last one is asked for. */
    NEXT,
    /** Something is missing: all fragments are asked for again. */
    AGAIN,
    /** Something is missing, and could not be had. */
    LESS,
    /** There is more than People.ai says. */
    MORE,
    /** It is all. */
    EQUAL,
    /** It was not compared: People.ai does not say how much there is, or a person does not want it. */
    NOT_COMPARED;

    /** As it is noted and shown, such as {@code not-compared}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SumCheck of(String text) {
        return text.isEmpty() ? OPEN : valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether nothing more is done to find what may be missing. */
    boolean isOver() {
        return this != OPEN && this != NEXT && this != AGAIN;
    }
}
