package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.delivery.DeadLetterFile;
import dev.gtmroutes.delivery.DeadLetterState;
import dev.gtmroutes.disk.Disk;

/**
 * How many dead letters of one flow are open. It reads on where it was; from the beginning only when a person has done
 * something about some of them.
 */
final class LetterCount {

    /** How far a file was read: bytes and lines. */
    private record Place(long bytes, int lines) {
    }

    private static final Place START = new Place(0, 0);

    private final Path folder;
    private final Map<DeadLetterFile, Place> read = new HashMap<>();
    private final Map<DeadLetterState, Long> open = new EnumMap<>(DeadLetterState.class);
    private long markBytes = -1;

    LetterCount(Path data, String flow) {
        folder = DeadLetterFile.folder(data, flow);
    }

    Map<DeadLetterState, Long> now() throws IOException {
        MarkFile file = new MarkFile(folder, new Prints(folder), new Disk());
        Map<DeadLetterFile, Long> sizes = new TreeMap<>();
        for (DeadLetterFile each : DeadLetterFile.in(folder)) {
            sizes.put(each, Files.size(each.path(folder)));
        }
        boolean shorter = read.keySet().stream().anyMatch(each -> sizes.getOrDefault(each, 0L) < bytes(each));
        if (shorter || file.bytes() != markBytes) {
            beginAnew(file.bytes());
        }
        Marks marks = null;
        for (Map.Entry<DeadLetterFile, Long> each : sizes.entrySet()) {
            if (each.getValue() > bytes(each.getKey())) {
                marks = marks == null ? file.read() : marks;
                readOn(each.getKey(), marks);
            }
        }
        return Map.copyOf(open);
    }

    private long bytes(DeadLetterFile file) {
        return read.getOrDefault(file, START).bytes;
    }

    private void beginAnew(long marks) {
        read.clear();
        for (DeadLetterState each : DeadLetterState.values()) {
            open.put(each, 0L);
        }
        markBytes = marks;
    }

    private void readOn(DeadLetterFile file, Marks now) throws IOException {
        Place place = read.getOrDefault(file, START);
        try (LetterLines lines = new LetterLines(file.path(folder), place.bytes)) {
            for (byte[] each = lines.next(); each != null; each = lines.next()) {
                place = new Place(place.bytes + each.length + 1, place.lines + 1);
                LetterId id = new LetterId(file, place.lines);
                DeadLetter letter = DeadLetter.of(id, each, now.fate(id), null);
                if (letter.isOpen()) {
                    open.merge(letter.state(), 1L, Long::sum);
                }
            }
        } finally {
            read.put(file, place);
        }
    }
}
