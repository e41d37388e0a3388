// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.disk.FolderContent;

/**
 * A file of dead letters of one flow: {@code <day>.ndjson} and, when that is full, {@code <day>.2.ndjson} and so on.
 * In their natural order, files are in the order in which they were written; their names, as text, are not.
 *
 * @param day  the day (UTC) on which all its letters were written
 * @param part counts the files of that day, from 1
 */
public record DeadLetterFile(LocalDate day, int part) implements Comparable<DeadLetterFile> {

    private static final String ENDING = ".ndjson";
    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:\\.([1-9]\\d{0,8}))?");
    private static final Comparator<DeadLetterFile> ORDER = Comparator.comparing(DeadLetterFile::day)
            .thenComparingInt(DeadLetterFile::part);

    /** @return the folder in which the dead letters of a flow lie */
    public static Path folder(Path data, String flow) {
        return data.resolve("dead-letters").resolve(flow);
    }

    /** @return the one of this name, such as {@code 2026-01-31.2}; null if it is no such name */
    public static DeadLetterFile named(String name) {
        Matcher match = NAME.matcher(name);
        try {
            DeadLetterFile file = !match.matches() ? null : new DeadLetterFile(LocalDate.parse(match.group(1)),
                    match.group(2) == null ? 1 : Integer.parseInt(match.group(2)));
            return file == null || !file.name().equals(name) ? null : file;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** @return those that are in the folder, oldest first; none if there is no such folder */
    public static List<DeadLetterFile> in(Path folder) throws IOException {
        return FolderContent.names(folder).stream().filter(each -> each.endsWith(ENDING))
                .map(each -> named(each.substring(0, each.length() - ENDING.length()))).filter(Objects::nonNull)
                .sorted().toList();
    }

    /** Its name without the ending. */
    public String name() {
        return part == 1 ? day.toString() : day + "." + part;
    }

    /** Where it lies in a flow's folder. */
    public Path path(Path folder) {
        return folder.resolve(name() + ENDING);
    }

    /** The file that follows this one when it is full. */
    DeadLetterFile next() {
        return new DeadLetterFile(day, part + 1);
    }

    @Override
    public int compareTo(DeadLetterFile other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }
}
