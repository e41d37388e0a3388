package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.util.List;

/**
 * A file under {@code routes/flows/} and what came of it.
 *
 * @param path    where it lies
 * @param flows   ids of the flows in it; the file's own name where it could not be loaded
 * @param problem why its flows are not there, in one line, or null
 */
public record FlowFile(Path path, List<String> flows, String problem) {

    /** The file's name without its ending, which by convention is the id of its flow. */
    static String stem(Path path) {
        String name = path.getFileName().toString();
        return name.replaceFirst("(\\.camel)?\\.ya?ml$", "");
    }
}
