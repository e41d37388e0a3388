import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which records are in the dead letters, and whether as rejected or as held. */
final class DeadLetterFiles {

    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

    private final Set<RecordId> rejected = new HashSet<>();
    private final Set<RecordId> held = new HashSet<>();

    static DeadLetterFiles in(Path data) throws IOException {
        DeadLetterFiles letters = new DeadLetterFiles();
        Path folder = data.resolve("dead-letters");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder, 2)) {
                for (Path each : (Iterable<Path>) files::iterator) {
                    String name = each.getFileName().toString();
                    if (name.endsWith(".ndjson") && !name.startsWith(".")) {
                        letters.read(each);
                    }
                }
            }
        }
        return letters;
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            Matcher id = RecordId.TEXT.matcher(line);
            Matcher state = STATE.matcher(line);
            // Events that a webhook refused hold no records.
            if (id.find() && state.find()) {
                (state.group(1).equals("held") ? held : rejected).add(RecordId.of(id));
            }
        }
    }

    boolean isRejected(RecordId id) {
        return rejected.contains(id);
    }

    boolean isHeld(RecordId id) {
        return held.contains(id);
    }
}
