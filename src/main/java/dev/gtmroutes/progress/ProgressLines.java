// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.gtmroutes.disk.CheckedLine;
import dev.gtmroutes.disk.LineFile;

/**
 * The lines of a progress file, each with a checksum before it. The last one may be torn by a crash; it does not count
 * then.
 *
 * <p>The first line says which file they are about: {@link ProgressHeader}. Then come the notes as they were made, such
 * as {@code settled calls:1-delivery people-ai-push-call-activity-sink 1 0-1199 1300-1399}: what, at which destination
 * (its id, its template, its twins), and ranges of ordinals from 0, both ends included. Other lines say what records were:
 * <ul>
 * <li>{@code bytes 9af1… 0-1199}: the sum of the fingerprints of these records;
 * <li>{@code sent calls:1-delivery people-ai-request-sink 1 7:03bd… 8:77a0…}: the fingerprint of each record that this
 * destination is sent only once;
 * <li>{@code end 1399 5c0e…}: the ordinal and the fingerprint of the last record, which may have been only half there;
 * <li>{@code doubt}, with a destination and fingerprints without ordinals: records of an earlier file of the name.
 * </ul>
 * A last line, {@code done}, says that each record has its outcome, when the file had been written to, and the key that
 * its file system knows it by.
 */
public final class ProgressLines {

    private static final String DONE = "done";
    private static final String BYTES = "bytes";
    private static final String SENT = "sent";
    private static final String DOUBT = "doubt";
    private static final String END = "end";
    /** A line is read as a whole. */
    private static final int MOST_IN_A_LINE = 1000;
    private static final HexFormat HEX = HexFormat.of();

    private final long length;
    private ProgressHeader header;
    private InputProgress settled;
    private final SettledPart part = new SettledPart();
    private int damaged;
    private String doneAt;
    private String doneKey;

    private ProgressLines(long length) {
        this.length = length;
    }

    /**
     * Reads a progress file.
     *
     * @throws java.nio.file.NoSuchFileException    if there is none
     * @throws ProgressHeader.NewerFormatException  if a later version of the program wrote it
     * @throws IOException                          if it cannot be read
     * @throws RuntimeException                     if it is no such file; the message says why
     */
    public static ProgressLines read(Path progress) throws IOException {
        long size;
        long length;
        try (FileChannel file = FileChannel.open(progress)) {
            size = file.size();
            length = LineFile.endOfLastLine(file);
        }
        ProgressLines lines = new ProgressLines(length);
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(progress), StandardCharsets.UTF_8))) {
            String next = length == 0 ? null : in.readLine();
            while (next != null) {
                String line = next;
                next = in.readLine();
                if (next != null || length == size) {
                    lines.add(CheckedLine.text(line));
                }
            }
        }
        return lines;
    }

    private void add(String text) throws IOException {
        if (header == null) {
            if (text == null) {
                throw new IllegalArgumentException("its first line is damaged");
            }
            header = ProgressHeader.parse(text);
            settled = new InputProgress(header.only());
            return;
        }
        String[] words = text == null ? new String[] {""} : text.split(" ", 5);
        switch (words[0]) {
            case "" -> damaged++;
            case DONE -> {
                doneAt = words[1];
                doneKey = words[2];
            }
            case BYTES -> part.add(Ranges.parse(text.split(" ", 3)[2]), number(words[1]));
            case SENT -> {
                part.sentTo(place(words));
                for (String each : items(words)) {
                    int colon = each.indexOf(':');
                    part.sent(Integer.parseInt(each.substring(0, colon)), number(each.substring(colon + 1)));
                }
            }
            case END -> part.last(Integer.parseInt(words[1]), number(words[2]));
            case DOUBT -> settled.doubt(Set.of(place(words)),
                    items(words).stream().mapToLong(ProgressLines::number).toArray());
            default -> settled.add(ProgressLog.Note.valueOf(words[0].toUpperCase(Locale.ROOT)), place(words),
                    Ranges.parse(words[4]));
        }
    }

    private static long number(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }

    private static InputProgress.DestinationKey place(String[] words) {
        return new InputProgress.DestinationKey(ProgressHeader.word(words[1]), ProgressHeader.word(words[2]),
                Integer.parseInt(words[3]));
    }

    private static List<String> items(String[] words) {
        return words.length < 5 || words[4].isBlank() ? List.of() : List.of(words[4].split(" "));
    }

    /** The file that they are about; null if there is not one whole line. */
    public ProgressHeader header() {
        return header;
    }

    /** What became of the records. */
    InputProgress settled() {
        return settled;
    }

    /** What the records were. */
    SettledPart part() {
        return part;
    }

    /** How many bytes the whole lines have. */
    long length() {
        return length;
    }

    /** How many lines are not what was written. */
    int damaged() {
        return damaged;
    }

    /** Whether each record has its outcome. */
    public boolean isDone() {
        return doneAt != null;
    }

    /** Whether the file that is done is this one. */
    boolean isDoneOf(FileFingerprint now) {
        return header.size() == now.size() ? doneAt.equals(now.modified().toString())
                : doneKey.equals(ProgressHeader.key(now.key()));
    }

    /**
     * Whether this is the file that the lines are about, or holds all records that they are about.
     *
     * @return the ordinals of records that were only half there, and are others now; null if it is another file
     */
    public BitSet changedIn(Path file, FileFingerprint now) throws IOException {
        if (header.isUnchanged(now)) {
            return new BitSet();
        }
        if (!part.known().isEmpty()) {
            return part.changedIn(file);
        }
        // As it was in format 1, and while nothing has an outcome.
        if (header.size() > now.size() || !FileFingerprint.print(file, header.size()).equals(header.print())) {
            return null;
        }
        return header.size() < now.size() && FileFingerprint.endsInsideALine(file, header.size()) ? settled.last()
                : new BitSet();
    }

    /** All lines for what is known of a file that was seen like this. */
    static String all(FileFingerprint seen, InputProgress settled, SettledPart part) {
        StringBuilder lines = new StringBuilder(ProgressHeader.of(seen, settled.only()).line());
        settled.doubtful().forEach((place, fingerprints) -> doubt(place, fingerprints, lines));
        if (!part.known().isEmpty()) {
            lines.append(bytes(Ranges.of(part.known()), part.sum()));
        }
        for (InputProgress.DestinationKey each : part.sentTo()) {
            lines.append(sent(each, new Fingerprints(new int[0], new long[0])));
        }
        part.last().forEach((ordinal, fingerprint) -> lines.append(end(ordinal, fingerprint)));
        part.sentTo().stream().findFirst().ifPresent(each -> part.sent().parts(MOST_IN_A_LINE)
                .forEach(some -> lines.append(sent(each, some))));
        settled.all().forEach((place, records) -> {
            lines.append(
                    records.settled().isEmpty() ? "" : note(ProgressLog.Note.SETTLED, place, Ranges.of(records.settled())));
            lines.append(
                    records.unsure().isEmpty() ? "" : note(ProgressLog.Note.SENDING, place, Ranges.of(records.unsure())));
            lines.append(records.last().isEmpty() ? "" : note(ProgressLog.Note.LAST, place, Ranges.of(records.last())));
        });
        return lines.toString();
    }

    private static void doubt(InputProgress.DestinationKey place, long[] fingerprints, StringBuilder lines) {
        for (int from = 0; from < fingerprints.length; from += MOST_IN_A_LINE) {
            lines.append(CheckedLine.of(DOUBT + " " + text(place) + " "
                    + LongStream.of(fingerprints).skip(from).limit(MOST_IN_A_LINE).mapToObj(HEX::toHexDigits)
                            .collect(Collectors.joining(" "))));
        }
    }

    static String note(ProgressLog.Note what, InputProgress.DestinationKey place, Ranges records) {
        return CheckedLine.of(what.name().toLowerCase(Locale.ROOT) + " " + text(place) + " " + records);
    }

    /** What records were: the sum of their fingerprints. */
    static String bytes(Ranges records, long sum) {
        return CheckedLine.of(BYTES + " " + HEX.toHexDigits(sum) + " " + records);
    }

    /** What the last record of the file was. */
    static String end(int ordinal, long fingerprint) {
        return CheckedLine.of(END + " " + ordinal + " " + HEX.toHexDigits(fingerprint));
    }

    /** What each of these records was, which a destination is sent only once. */
    static String sent(InputProgress.DestinationKey place, Fingerprints records) {
        StringBuilder text = new StringBuilder(SENT + " " + text(place) + " ");
        for (int i = 0; i < records.ordinals().length; i++) {
            text.append(i == 0 ? "" : " ").append(records.ordinals()[i]).append(':')
                    .append(HEX.toHexDigits(records.values()[i]));
        }
        return CheckedLine.of(text.toString());
    }

    static String done(FileFingerprint seen) {
        return CheckedLine.of(DONE + " " + seen.modified() + " " + ProgressHeader.key(seen.key()));
    }

    private static String text(InputProgress.DestinationKey place) {
        return ProgressHeader.field(place.id()) + " " + ProgressHeader.field(place.template()) + " " + place.twins();
    }
}
