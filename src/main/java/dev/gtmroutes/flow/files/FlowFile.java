// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A file under {@code routes/flows/} and what came of it.
 *
 * @param path     where it lies
 * @param flows    ids of the flows that run by it; where none do, those it names, or else the file's own name
 * @param isLoaded whether its flows are there
 * @param problems what is wrong with it or with a Kamelet that it uses, a line each; where its flows are there
 *                 nevertheless, they are those of an older version
 * @param warnings what else could be better in it, a line each
 * @param read     when the version that runs was loaded; where none does, when the file was read
 */
public record FlowFile(Path path, List<String> flows, boolean isLoaded, List<String> problems, List<String> warnings,
        Instant read) {

    /** Whether its flows run by an older version because of a mistake. */
    public boolean isOutdated() {
        return isLoaded && !problems.isEmpty();
    }

    /** The file's name without its ending, which by convention is the id of its flow. */
    public static String stem(Path path) {
        String name = path.getFileName().toString();
        return name.replaceFirst("(\\.camel)?\\.ya?ml$", "");
    }
}
