package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.disk.Disk;

/** All dead letters of a data directory. */
public final class DeadLetterStore {

    private final Path data;
    private final Disk disk;

    /** @param data the data directory; need not exist */
    public DeadLetterStore(Path data) {
        this(data, new Disk());
    }

    DeadLetterStore(Path data, Disk disk) {
        this.data = data;
        this.disk = disk;
    }

    /** The flows that ever had dead letters which are still on the disk, by name. */
    public List<String> flows() throws IOException {
        List<String> flows = new ArrayList<>();
        Path all = data.resolve("dead-letters");
        if (Files.isDirectory(all)) {
            try (Stream<Path> folders = Files.list(all)) {
                for (Path each : folders.sorted().toList()) {
                    if (!DeadLetterFile.in(each).isEmpty()) {
                        flows.add(each.getFileName().toString());
                    }
                }
            }
        }
        return flows;
    }

    /** @throws LetterRefusedException if there is no trace of such a flow: neither dead letters nor an inbox */
    public FlowLetters flow(String name) throws IOException, LetterRefusedException {
        List<String> flows = flows();
        if (!flows.contains(name) && !isIn(data.resolve("inbox"), name)) {
            throw new LetterRefusedException("there are no dead letters of flow "
                    + name + " in " + data.resolve("dead-letters")
                    + (flows.isEmpty() ? "" : ". Flows with dead letters: " + String.join(", ", flows)));
        }
        return new FlowLetters(data, name, disk);
    }

    /** Only what is listed: a name must not lead anywhere else. */
    private static boolean isIn(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(each -> each.getFileName().toString().equals(name));
        }
    }
}
