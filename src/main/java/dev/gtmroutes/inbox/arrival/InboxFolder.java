// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;

/**
 * Where the records of one flow lie: finished files in the flow's folder, for others to pick up, and unfinished ones
 * in its hidden folder {@code .intake}, on the same file system, so that a rename publishes them.
 */
final class InboxFolder {

    static final String HIDDEN = ".intake";
    static final String PART = ".part";
    private static final String OPEN = "open.ndjson";

    private final Path finished;
    private final Path hidden;
    private final Disk disk;
    private final ArrivalNames names;
    private boolean released;

    InboxFolder(Path folder, Disk disk) throws IOException {
        this.finished = folder;
        this.hidden = folder.resolve(HIDDEN);
        this.disk = disk;
        create();
        try (Stream<Path> files = Files.list(finished)) {
            this.names = new ArrivalNames(System::currentTimeMillis, files.map(file -> file.getFileName().toString()));
        }
    }

    /** Creates the folders, also again after somebody deleted them. */
    synchronized void create() throws IOException {
        requireOurs();
        disk.createFolder(hidden);
    }

    /** Where finished files are. */
    Path path() {
        return finished;
    }

    /** The file small bodies are appended to; it need not exist. */
    Path openFile() {
        return hidden.resolve(OPEN);
    }

    /** A name that no other file has, for one large body. */
    Path newPart() throws IOException {
        create();
        return hidden.resolve(UUID.randomUUID() + PART);
    }

    /** The large bodies that are not finished. */
    Stream<Path> parts() throws IOException {
        return Files.list(hidden).filter(file -> file.getFileName().toString().endsWith(PART));
    }

    /** Makes a complete and synced file visible under the next name. One at a time: names appear in their order. */
    synchronized void publish(Path file, BodyFormat format) throws IOException {
        requireOurs();
        disk.move(file, finished.resolve(names.next(format)));
    }

    /** The folder gets another name: nothing is made in it by its old one any more. */
    synchronized void release() {
        released = true;
    }

    private void requireOurs() throws IOException {
        if (released) {
            throw new IOException(finished + " has another name now");
        }
    }
}
