// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.disk.FolderLock;
import dev.gtmroutes.disk.LineFile;

/**
 * The audit log on the disk: files of a day in UTC, such as {@code 2026-01-31-000000.ndjson}. A day that has more lines than
 * fit into a file has several. The oldest files are deleted by their age and by the size of all.
 */
final class AuditFiles {

    private static final int FILES = 16;
    private static final int DAY_CHARACTERS = 10;

    private final Path folder;
    private final Duration keep;
    private final long maxBytes;
    private final Disk disk;

    /**
     * @param keep     age at which a file is deleted
     * @param maxBytes of all files together
     */
    AuditFiles(Path folder, Duration keep, long maxBytes, Disk disk) {
        this.folder = folder;
        this.keep = keep;
        this.maxBytes = maxBytes;
        this.disk = disk;
    }

    /**
     * Returns when the line is on the disk.
     *
     * @throws IOException if it is not
     */
    void append(AuditLine line) throws IOException {
        byte[] bytes = line.json().getBytes(StandardCharsets.UTF_8);
        disk.createFolder(folder);
        // A command may write at the same time as the program.
        try (FolderLock lock = new FolderLock(folder)) {
            Path file = file(day(line.at()), bytes.length);
            if (Files.notExists(file)) {
                deleteOld(line.at());
            }
            new LineFile(file, disk).append(bytes);
            for (Path each : List.of(folder, folder.resolve(FolderLock.FILE), file)) {
                giveToOwner(each);
            }
        }
    }

    /** If the superuser runs a command, the user of the program must be able to write on. */
    private void giveToOwner(Path path) throws IOException {
        try {
            UserPrincipal owner = Files.getOwner(folder.toAbsolutePath().getParent());
            if (!owner.equals(Files.getOwner(path))) {
                Files.setOwner(path, owner);
            }
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Another user than the superuser gives nothing away.
        }
    }

    /** The last lines, newest first. @param before the time of the line that was read last; null to begin */
    List<AuditLine> newest(Instant before, int most) throws IOException {
        List<Path> files = new ArrayList<>(files());
        Collections.reverse(files);
        List<AuditLine> lines = new ArrayList<>();
        for (Path file : files) {
            List<String> ofFile = new ArrayList<>(Files.readAllLines(file));
            Collections.reverse(ofFile);
            for (String text : ofFile) {
                if (lines.size() == most) {
                    return lines;
                }
                AuditLine line = lineIn(text);
                if (line != null && (before == null || line.at().isBefore(before))) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    /** @return null for the beginning of a line that is being written, or that a crash left */
    private static AuditLine lineIn(String text) {
        try {
            return AuditLine.parse(text);
        } catch (IOException e) {
            return null;
        }
    }

    private Path file(LocalDate day, int bytes) throws IOException {
        List<Path> ofDay = files().stream().filter(each -> name(each).startsWith(day.toString())).toList();
        Path last = ofDay.isEmpty() ? null : ofDay.get(ofDay.size() - 1);
        if (last != null && Files.size(last) + bytes <= maxBytes / FILES) {
            return last;
        }
        int number = last == null ? 0 : Integer.parseInt(name(last).substring(DAY_CHARACTERS + 1).split("\\.")[0]) + 1;
        return folder.resolve("%s-%06d.ndjson".formatted(day, number));
    }

    private void deleteOld(Instant now) throws IOException {
        String oldest = day(now.minus(keep)).toString();
        List<Path> files = new ArrayList<>(files());
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        for (Path file : files) {
            if (name(file).compareTo(oldest) < 0 || bytes > maxBytes - maxBytes / FILES) {
                bytes -= Files.size(file);
                Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        return FolderContent.of(folder).stream()
                .filter(each -> name(each).matches("\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.ndjson")).toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
