// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which records are in the dead letters, and whether as rejected or as held.
 *
 * @param <I> what tells a record from all others
 */
public final class DeadLetterFiles<I> {

    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

    private final Set<I> rejected = new HashSet<>();
    private final Set<I> held = new HashSet<>();

    /**
     * Reads the dead letters of all flows.
     *
     * @param data the data directory
     * @param id   the record of a line, from the flow and the line; null if the line holds none
     */
    public static <I> DeadLetterFiles<I> in(Path data, BiFunction<String, String, I> id) throws IOException {
        DeadLetterFiles<I> letters = new DeadLetterFiles<>();
        Path folder = data.resolve("dead-letters");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder, 2)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".ndjson") && !name.startsWith(".")) {
                        letters.read(file, id);
                    }
                }
            }
        }
        return letters;
    }

    private void read(Path file, BiFunction<String, String, I> id) throws IOException {
        String flow = file.getParent().getFileName().toString();
        for (String line : Files.readAllLines(file)) {
            I record = id.apply(flow, line);
            Matcher state = STATE.matcher(line);
            // Events that a webhook refused hold no records.
            if (record != null && state.find()) {
                add(record, state.group(1).equals("held"));
            }
        }
    }

    public void add(I record, boolean isHeld) {
        (isHeld ? held : rejected).add(record);
    }

    public boolean isRejected(I id) {
        return rejected.contains(id);
    }

    public boolean isHeld(I id) {
        return held.contains(id);
    }

    /** Whether it is in the dead letters at all. */
    public boolean has(I id) {
        return isRejected(id) || isHeld(id);
    }
}
