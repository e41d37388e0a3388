package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A file under {@code routes/flows/} and what came of it.
 *
 * @param path     where it lies
 * @param flows    ids of the flows in it; the file's own name where it could not be loaded
 * @param problems why its flows are not there, a line each; empty where they are
 * @param warnings what else could be better in it, a line each
 * @param read     when it was read
 */
public record FlowFile(Path path, List<String> flows, List<String> problems, List<String> warnings, Instant read) {

    /** A file that was read just now. */
    FlowFile(Path path, List<String> flows, List<String> problems, List<String> warnings) {
        this(path, flows, problems, warnings, Instant.now());
    }

    /** Whether its flows are there. */
    public boolean isLoaded() {
        return problems.isEmpty();
    }

    /** The file's name without its ending, which by convention is the id of its flow. */
    static String stem(Path path) {
        String name = path.getFileName().toString();
        return name.replaceFirst("(\\.camel)?\\.ya?ml$", "");
    }
}
