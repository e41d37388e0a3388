// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.util.Comparator;

import dev.gtmroutes.delivery.outcome.DeadLetterFile;

/**
 * What a person calls a dead letter, such as {@code 2026-01-31/17}: a file and a line in it. It never changes.
 *
 * @param line from 1
 */
public record LetterId(DeadLetterFile file, int line) implements Comparable<LetterId> {

    private static final Comparator<LetterId> ORDER = Comparator.comparing(LetterId::file)
            .thenComparingInt(LetterId::line);

    /** @throws LetterRefusedException if no dead letter can have this id */
    public static LetterId parse(String text) throws LetterRefusedException {
        int slash = text.indexOf('/');
        DeadLetterFile file = slash < 0 ? null : DeadLetterFile.named(text.substring(0, slash));
        if (file == null || !text.substring(slash + 1).matches("[1-9]\\d{0,8}")) {
            throw new LetterRefusedException("'" + text + "' is not the id of a dead letter. An id looks like "
                    + "2026-01-31/17");
        }
        return new LetterId(file, Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(LetterId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + "/" + line;
    }
}
