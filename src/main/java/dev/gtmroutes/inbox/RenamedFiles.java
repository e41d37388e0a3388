// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.FileFingerprint;
import dev.gtmroutes.progress.ProgressHeader;
import dev.gtmroutes.progress.ProgressLines;
import dev.gtmroutes.progress.ProgressName;

/**
 * Finds the progress of files that got another name, and the new name of files in work. A file keeps the key that its
 * file system knows it by when it is renamed; a copy that takes its place keeps its bytes.
 */
final class RenamedFiles {

    /** For a progress file that says nothing, so that it is read only once. */
    private static final ProgressHeader DAMAGED = new ProgressHeader(0, -1, "", null, null, null);

    private final Disk disk;
    private final Predicate<Path> isFinal;
    private final Map<Path, ProgressHeader> headers = new ConcurrentHashMap<>();
    private final Set<Path> progress = ConcurrentHashMap.newKeySet();

    /** @param isFinal whether a file of this name may be taken */
    RenamedFiles(Predicate<Path> isFinal, Disk disk) {
        this.isFinal = isFinal;
        this.disk = disk;
    }

    /** Whether a file of this name may be taken. */
    boolean isFinal(Path file) {
        return isFinal.test(file);
    }

    /** @param there all progress files that are in the inbox now */
    void seen(Set<Path> there) {
        progress.retainAll(there);
        progress.addAll(there);
        headers.keySet().retainAll(there);
    }

    /** What is noted of this file may be about to change. */
    void forget(Path file) {
        headers.remove(ProgressName.beside(file));
    }

    void forgetAll() {
        headers.clear();
    }

    /**
     * Puts the progress of a file that is about to be taken beside it, should it have been in work under another name.
     * A crash in between leaves the progress where the next call finds it.
     *
     * @throws IOException also if any progress here cannot be read: it may be that of this file
     */
    void adopt(Path file, FileFingerprint now) throws IOException {
        Path own = ProgressName.beside(file);
        if (progress.isEmpty() && Files.notExists(own)) {
            return;
        }
        ProgressHeader header = ProgressHeader.read(own);
        if (header != null && header.hasKey(now.key())) {
            return;
        }
        Path stray = stray(own, file, now, each -> each.hasKey(now.key()));
        if (stray == null && header == null && Files.notExists(own)) {
            stray = stray(own, file, now, each -> each.size() == now.size() && each.print().equals(now.print())
                    && now.modified().toString().equals(each.modified()));
        }
        if (header != null && header.key() != null && named(file.getParent(), header.key(), each -> true) != null) {
            // It is that of another file, which had this name before.
            move(own, own.resolveSibling("." + UUID.randomUUID() + ProgressName.ENDING));
        }
        if (stray != null) {
            move(stray, own);
        }
    }

    private void move(Path from, Path to) throws IOException {
        disk.move(from, to);
        // The other file may be taken before the next look.
        progress.remove(from);
        headers.remove(from);
        progress.add(to);
        headers.remove(to);
    }

    /** @return the progress of no other file that is about this one; null if there is none */
    private Path stray(Path own, Path file, FileFingerprint now, Predicate<ProgressHeader> wanted) throws IOException {
        for (Path each : progress) {
            ProgressHeader header = header(each);
            if (header != DAMAGED && !each.equals(own) && wanted.test(header) && !isOfItsName(each, header)
                    && isOf(each, file, now)) {
                return each;
            }
        }
        return null;
    }

    private ProgressHeader header(Path progress) throws IOException {
        ProgressHeader known = headers.get(progress);
        if (known == null) {
            known = Objects.requireNonNullElse(ProgressHeader.read(progress), DAMAGED);
            headers.put(progress, known);
        }
        return known;
    }

    private static boolean isOfItsName(Path progress, ProgressHeader header) {
        Path file = ProgressName.fileOf(progress);
        return Files.exists(file) && (header.key() == null || header.hasKey(key(file)));
    }

    private static boolean isOf(Path progress, Path file, FileFingerprint now) throws IOException {
        try {
            return ProgressLines.read(progress).changedIn(file, now) != null;
        } catch (NoSuchFileException | RuntimeException e) {
            // Somebody took it away, or it is damaged: it is about no file any more.
            return false;
        }
    }

    /**
     * The name that a file in work has now.
     *
     * @param taken the name under which it was taken
     * @return      that one, too, if the file is not in its folder any more, or if it has no key
     */
    Path nameOf(Path taken, FileFingerprint seen) throws IOException {
        String key = ProgressHeader.key(seen.key());
        if (key == null || key.equals(ProgressHeader.key(key(taken)))) {
            return taken;
        }
        Path found = named(taken.getParent(), key, isFinal);
        if (found == null && Files.notExists(taken)) {
            // Where another file has taken its place, this is what an editor keeps of the earlier one.
            found = named(taken.getParent(), key, each -> true);
        }
        return found == null ? taken : found;
    }

    private static Path named(Path folder, String key, Predicate<Path> wanted) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, wanted::test)) {
            for (Path each : files) {
                if (key.equals(ProgressHeader.key(key(each)))) {
                    return folder.resolve(each.getFileName().toString());
                }
            }
            return null;
        }
    }

    /** @return null if there is no such file, or none that can be looked at */
    private static Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** Deletes what a crash left behind of files that were done, and are gone. */
    static void sweep(Path inbox) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(inbox,
                each -> ProgressName.isName(each.getFileName().toString()))) {
            for (Path each : all) {
                if (isStray(each) && isDone(each)) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Whether the file that a progress file is about is not in its folder any more. */
    static boolean isStray(Path progress) throws IOException {
        if (Files.exists(ProgressName.fileOf(progress)) || isBesideAny(progress.getParent(), progress)) {
            return false;
        }
        ProgressHeader header;
        try {
            header = ProgressHeader.read(progress);
        } catch (IOException e) {
            // It may be that of a file with another name. Whoever takes a file here will tell.
            return false;
        }
        return header == null || header.key() == null || named(progress.getParent(), header.key(), each -> true) == null;
    }

    private static boolean isDone(Path progress) throws IOException {
        try {
            ProgressLines lines = ProgressLines.read(progress);
            return lines.header() != null && lines.isDone();
        } catch (NoSuchFileException | ProgressHeader.NewerFormatException | RuntimeException e) {
            // Whoever takes its file will tell.
            return false;
        }
    }

    /** The name of the file may have been too long to be kept. */
    private static boolean isBesideAny(Path inbox, Path progress) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inbox,
                each -> ProgressName.beside(each).getFileName().equals(progress.getFileName()))) {
            return files.iterator().hasNext();
        }
    }
}
