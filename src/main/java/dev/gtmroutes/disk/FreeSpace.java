// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is left of a file system: bytes for content, and inodes, of which each file and folder takes one. Java has no call
 * for inodes: the command {@code df} tells them.
 */
public final class FreeSpace {

    private static final String FULL = "No space left on device";
    /** Less than this is none: a file, or a folder that grows, takes whole blocks. */
    private static final long FEW_BYTES = 64 * 1024;
    private static final long DF_SECONDS = 5;
    /** A file system that makes inodes as it needs them has no share of used ones. */
    private static final Pattern NUMBERS = Pattern.compile("\\s\\d+\\s+\\d+\\s+(\\d{1,18})\\s+\\d+%\\s+/");

    private FreeSpace() {
    }

    /** Bytes that this program may still write. */
    public static long bytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** How many files and folders may still be made; empty if the file system has no such limit, or nothing tells it. */
    public static OptionalLong inodes(Path folder) {
        try {
            Process df = new ProcessBuilder("df", "-iP", folder.toAbsolutePath().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            df.getOutputStream().close();
            if (!df.waitFor(DF_SECONDS, TimeUnit.SECONDS)) {
                df.destroyForcibly();
                return OptionalLong.empty();
            }
            return freeInodes(new String(df.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        } catch (IOException e) {
            // There is no such command here.
            return OptionalLong.empty();
        }
    }

    /** @param df titles, and a line of numbers: all inodes, used ones, free ones, their share, and where it is mounted */
    static OptionalLong freeInodes(String df) {
        Matcher numbers = NUMBERS.matcher(df);
        return numbers.find() ? OptionalLong.of(Long.parseLong(numbers.group(1))) : OptionalLong.empty();
    }

    /**
     * Which of the two ran out, and what to do.
     *
     * @param  failure of writing
     * @param  folder  where to
     * @return         one sentence for the person who owns the files, without a full stop; null if that was not the reason
     */
    public static String shortage(Throwable failure, Path folder) {
        String said = failure == null || failure.getMessage() == null ? "" : failure.getMessage();
        if (!said.contains(FULL)) {
            return said.contains("quota exceeded")
                    ? "the disk quota of the data directory is used up: delete files, or raise "
                            + "the quota"
                    : null;
        }
        // Bytes run out while a file is written; inodes, when it is made or gets its name.
        return failure instanceof FileSystemException && hasBytes(folder)
                ? "the data directory has free bytes, but no free inodes for more files: shorten gtm.keep-done and "
                        + "gtm.keep-failed, delete files, or use a volume with more inodes"
                : "the data directory has no free bytes: shorten gtm.keep-done and gtm.keep-failed, delete files, or "
                        + "enlarge the volume";
    }

    private static boolean hasBytes(Path folder) {
        try {
            return bytes(folder) >= FEW_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
