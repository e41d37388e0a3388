// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.gtmroutes.disk.CheckedLine;

/**
 * The first line of a progress file: its format, and the file that it is about. Format 1, {@code file 1024 9f86d0…}, has
 * the size of the file and a hash of its edges. Format 2,
 * {@code file/2 1024 9f86d0… 2026-11-29T05:41:19Z (dev=fd00,ino=71)}, also has when the file was written to, and the key
 * that its file system knows it by. If the file is for one destination only, the id and the template of that follow.
 *
 * @param version  of the format
 * @param size     of the file, in bytes
 * @param print    hash of its first and last bytes
 * @param modified when it had been written to; null in format 1
 * @param key      of its file system; null in format 1, and where the file system has none
 * @param only     the one destination that the file is for; null for all
 */
public record ProgressHeader(int version, long size, String print, String modified, String key,
        InputProgress.DestinationKey only) {

    /** The format that this version of the program writes. */
    static final int CURRENT = 2;

    private static final String FILE = "file";
    private static final String NO_KEY = "null";

    static ProgressHeader of(FileFingerprint seen, InputProgress.DestinationKey only) {
        return new ProgressHeader(CURRENT, seen.size(), seen.print(), seen.modified().toString(), key(seen.key()), only);
    }

    /** @return the key as text; null where there is none */
    public static String key(Object key) {
        return key == null ? null : key.toString().replace(' ', '_');
    }

    /**
     * @throws NewerFormatException if a later version of the program wrote it
     * @throws RuntimeException     if it is no such line; the message says why
     */
    static ProgressHeader parse(String text) throws NewerFormatException {
        String first = text.split(" ", 2)[0];
        if (!first.startsWith(FILE)) {
            throw new IllegalArgumentException("its first line does not name a file");
        }
        int version = first.equals(FILE) ? 1 : Integer.parseInt(first.substring(FILE.length() + 1));
        if (version > CURRENT) {
            throw new NewerFormatException(version);
        }
        String[] words = text.split(" ", version == 1 ? 5 : 7);
        int identity = version == 1 ? 3 : 5;
        return new ProgressHeader(version, Long.parseLong(words[1]), words[2], version == 1 ? null : words[3],
                version == 1 || words[4].equals(NO_KEY) ? null : words[4], words.length <= identity ? null
                        : new InputProgress.DestinationKey(word(words[identity]), word(words[identity + 1])));
    }

    /**
     * @return null if there is no progress file, or it does not begin with a header that this version can read
     * @throws IOException if it cannot be read: nobody knows which file it is about
     */
    public static ProgressHeader read(Path progress) throws IOException {
        // Unlike Files.newBufferedReader, it takes bytes that are no text for damage, not for a failure.
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(progress), StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            String text = first == null ? null : CheckedLine.text(first);
            return text == null ? null : parse(text);
        } catch (NoSuchFileException | NewerFormatException | RuntimeException e) {
            // Whoever wants to use it will tell.
            return null;
        } catch (IOException e) {
            if (ProgressName.isNoFile(progress)) {
                return null;
            }
            throw unreadable(progress, e);
        }
    }

    /** What it says is not lost, so nothing may be sent as if it said nothing. */
    static IOException unreadable(Path progress, IOException why) {
        return new IOException(
                "the progress file " + progress + " cannot be read (" + text(why) + "). Without it, records would "
                        + "be sent again: make it readable, or delete it to send all records of its file again",
                why);
    }

    private static String text(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        // The message of such an exception is often no more than the name of the file.
        return failure instanceof FileSystemException broken && broken.getReason() != null ? broken.getReason()
                : failure.getMessage();
    }

    /** The line, with its line end. */
    String line() {
        return CheckedLine.of(FILE + "/" + version + " " + size + " " + print + " " + modified + " " + key
                + (only == null ? "" : " " + field(only.id()) + " " + field(only.template())));
    }

    /** What tells the file from others that have, or had, its name. */
    String mark() {
        return size + " " + print + " " + modified + " " + key;
    }

    /** Whether the file system says that it is about this file. */
    public boolean hasKey(Object other) {
        return key != null && key.equals(key(other));
    }

    /** Whether it is about this file, and nobody has written to the file since. */
    boolean isUnchanged(FileFingerprint now) {
        return hasKey(now.key()) && size == now.size() && now.modified().toString().equals(modified);
    }

    /** Words are told apart by blanks, which ids may have in them. */
    static String field(String word) {
        return word.replace("%", "%25").replace(" ", "%20").replace("\n", "%0A");
    }

    static String word(String field) {
        return field.replace("%0A", "\n").replace("%20", " ").replace("%25", "%");
    }

    /** A later version of the program wrote the progress. */
    public static final class NewerFormatException extends IOException {

        private static final long serialVersionUID = 1;

        private NewerFormatException(int version) {
            super("format " + version + " of a newer version; this version reads formats up to " + CURRENT);
        }
    }
}
