// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.gtmroutes.disk.CheckedLine;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;

/**
 * The file of a flow's progress: a line with the version of its format, then a line for each note. It is appended to,
 * written anew when it is long, and deleted when there is nothing to note. One caller at a time.
 */
final class ProgressFile {

    private static final String FORMAT = "messages/";
    private static final int VERSION = 1;
    private static final String HEADER = CheckedLine.of(FORMAT + VERSION);
    private static final long FEW_BYTES = 256 * 1024;

    private final Path path;
    private final Disk disk;
    /** Of what is good of it, in bytes. */
    private long length;
    private long manyBytes = FEW_BYTES;
    /** Whether nobody knows what there is of it. */
    private boolean doubtful;
    /** Whether its name is on the disk. */
    private boolean named;

    /** @param path need not exist */
    ProgressFile(Path path, Disk disk) {
        this.path = path.toAbsolutePath();
        this.disk = disk;
    }

    /**
     * Reads all notes. Half a line at the end was never acknowledged, and is left out.
     *
     * @param  note takes the text of each; throws a RuntimeException if it is none
     * @return      how many lines are damaged
     * @throws IOException if it cannot be read, or a later version of the program wrote it; the message is one line
     */
    int read(Consumer<String> note) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new IOException(path + " cannot be read (" + e + "). Without it, messages would be sent twice: make the "
                    + "file readable", e);
        }
        // It is written anew before anything is added: half a line may be at its end.
        doubtful = true;
        int damaged = 0;
        List<String> lines = text.lines().toList();
        for (int i = 0; i < (text.endsWith("\n") ? lines.size() : lines.size() - 1); i++) {
            String line = CheckedLine.text(lines.get(i));
            if (line == null) {
                damaged++;
            } else if (i == 0 && line.startsWith(FORMAT)) {
                checkVersion(line.substring(FORMAT.length()));
            } else {
                damaged += isTaken(note, line) ? 0 : 1;
            }
        }
        return damaged;
    }

    private void checkVersion(String version) throws IOException {
        if (!version.equals(String.valueOf(VERSION))) {
            throw new IOException(path + " was written by another version of this program, in format " + version
                    + "; this one reads format " + VERSION + ". Run that version, or delete the file: messages that were "
                    + "being sent when the program ended are then sent again");
        }
    }

    private static boolean isTaken(Consumer<String> note, String line) {
        try {
            note.accept(line);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Adds a note. Returns when a crash of the program cannot lose it.
     *
     * @param synced whether no power cut may lose it either
     * @param all    the text of all notes before this one, should they have to be written anew
     * @throws IOException if that failed
     */
    void append(String note, boolean synced, Supplier<List<String>> all) throws IOException {
        if (doubtful || length > manyBytes || length != size()) {
            writeAnew(note, all.get());
            return;
        }
        String lines = (length == 0 ? HEADER : "") + CheckedLine.of(note);
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        disk.createFolder(path.getParent());
        doubtful = true;
        try (FileChannel channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            disk.write(channel, ByteBuffer.wrap(bytes));
            if (synced) {
                disk.sync(channel);
            }
        }
        if (synced && !named) {
            disk.syncFolder(path.getParent());
            named = true;
        }
        length += bytes.length;
        doubtful = false;
    }

    private long size() throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void writeAnew(String note, List<String> before) throws IOException {
        StringBuilder lines = new StringBuilder(HEADER);
        before.forEach(each -> lines.append(CheckedLine.of(each)));
        byte[] bytes = lines.append(CheckedLine.of(note)).toString().getBytes(StandardCharsets.UTF_8);
        disk.createFolder(path.getParent());
        doubtful = true;
        disk.replace(path, bytes);
        named = true;
        length = bytes.length;
        manyBytes = Math.max(FEW_BYTES, 2 * length);
        doubtful = false;
    }

    /** Whether there is no note in it. */
    boolean isEmpty() {
        return length == 0 && !doubtful;
    }

    /** There is nothing to note. A power cut may bring it back, and nothing but what has passed is in it. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
        length = 0;
        named = false;
        doubtful = false;
    }
}
