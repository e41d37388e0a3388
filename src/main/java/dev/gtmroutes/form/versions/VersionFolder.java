// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import org.jboss.logging.Logger;

/**
 * The versions of one flow, a file each. A version is written before the file of the flow is replaced, as a pending one,
 * and confirmed behind it. What a crash leaves pending is a version if the file has its text by then, and else nothing.
 */
final class VersionFolder {

    static final int MOST = 20;

    private static final Logger LOG = Logger.getLogger(VersionFolder.class);
    private static final String KEPT = "\\d{9}\\.json";
    private static final String PENDING = "\\d{9}\\.pending";
    private static final String SAMPLE = "sample";

    private final Path folder;
    private final Disk disk;

    VersionFolder(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Decides about what a crash left. @param now what is in the file of the flow; null if there is none */
    void settle(String now) throws IOException {
        for (Path each : files(PENDING)) {
            StoredVersion version = read(each).orElse(null);
            if (version != null && now != null && version.is(now)) {
                confirm(version);
            } else {
                Files.deleteIfExists(each);
            }
        }
    }

    boolean isEmpty() throws IOException {
        return files(KEPT).isEmpty();
    }

    /** The newest first. */
    List<StoredVersion> all() throws IOException {
        List<StoredVersion> all = new ArrayList<>();
        for (Path each : files(KEPT)) {
            read(each).ifPresent(version -> all.add(0, version));
        }
        return all;
    }

    Optional<StoredVersion> newest() throws IOException {
        List<Path> files = files(KEPT);
        return files.isEmpty() ? Optional.empty() : read(files.get(files.size() - 1));
    }

    Optional<StoredVersion> find(int number) throws IOException {
        Path file = file(number, ".json");
        return Files.exists(file) ? read(file) : Optional.empty();
    }

    /** A version that follows the others. */
    StoredVersion next(Instant saved, String account, StoredVersion.Kind kind, String text) throws IOException {
        List<Path> files = files(KEPT);
        int number = files.isEmpty() ? 1 : number(files.get(files.size() - 1)) + 1;
        return StoredVersion.of(number, saved, account, kind, text);
    }

    void prepare(StoredVersion version) throws IOException {
        disk.createFolder(folder);
        disk.replace(file(version.number(), ".pending"), version.json());
    }

    void confirm(StoredVersion version) throws IOException {
        disk.move(file(version.number(), ".pending"), file(version.number(), ".json"));
        List<Path> files = files(KEPT);
        for (Path each : files.subList(0, Math.max(0, files.size() - MOST))) {
            Files.deleteIfExists(each);
        }
    }

    void discard(StoredVersion version) throws IOException {
        Files.deleteIfExists(file(version.number(), ".pending"));
    }

    void add(StoredVersion version) throws IOException {
        prepare(version);
        confirm(version);
    }

    /** The sample of a flow that is deleted, which comes back with it. */
    void keepSample(Path sample) throws IOException {
        if (Files.isRegularFile(sample) && Files.size(sample) <= StoredVersion.MOST_BYTES) {
            byte[] bytes = Files.readAllBytes(sample);
            disk.createFolder(folder);
            disk.replace(folder.resolve(SAMPLE), bytes);
        }
    }

    void bringSampleBack(Path sample) throws IOException {
        Path kept = folder.resolve(SAMPLE);
        if (Files.exists(kept)) {
            if (Files.notExists(sample)) {
                disk.replace(sample, Files.readAllBytes(kept));
            }
            Files.delete(kept);
        }
    }

    /** Its end of life counts from now on. */
    void flowIsGone(Instant now) throws IOException {
        if (Files.isDirectory(folder)) {
            Files.setLastModifiedTime(folder, FileTime.from(now));
        }
    }

    void delete() throws IOException {
        for (Path each : FolderContent.of(folder)) {
            Files.deleteIfExists(each);
        }
        Files.deleteIfExists(folder);
    }

    private List<Path> files(String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return FolderContent.of(folder).stream().filter(each -> each.getFileName().toString().matches(name)).sorted()
                .toList();
    }

    private Path file(int number, String ending) {
        return folder.resolve("%09d".formatted(number) + ending);
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().substring(0, 9));
    }

    /** One that cannot be read hides no others. */
    private static Optional<StoredVersion> read(Path file) {
        try {
            return Optional.of(StoredVersion.read(number(file), Files.readAllBytes(file)));
        } catch (IOException e) {
            LOG.warnf("%s cannot be read: %s", file, e.getMessage());
            return Optional.empty();
        }
    }
}
