// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The version of the formats in a directory of data, in its file {@code VERSION}: one number for all that lies there. It
 * changes when any format changes in a way that earlier programs would misread. A directory without that file has version
 * 1 if there is data in it. In version 1 destinations had numbers; since version 2 they have names. Formats that are read
 * beside each other, such as progress, also have a number in their first line.
 */
public final class DataVersion {

    /** What this program writes, and the newest that it reads. */
    public static final int CURRENT = 2;

    private static final String FILE = "VERSION";
    private static final int MOST_BYTES = 64;
    private static final String[] FOLDERS = {"inbox", "responses", "dead-letters", "state", "fragments"};

    private DataVersion() {
    }

    /**
     * Makes sure that this program can use a directory, and notes its version there. A full disk keeps no program from
     * starting: the note is made another time.
     *
     * @param  directory exists
     * @throws IOException if a later version of the program wrote it; the message is one line, without a full stop
     */
    public static void claim(Path directory, Disk disk) throws IOException {
        check(directory);
        if (Files.notExists(directory.resolve(FILE))) {
            try {
                write(directory, of(directory), disk);
            } catch (IOException e) {
                System.getLogger(DataVersion.class.getName()).log(System.Logger.Level.DEBUG, "no VERSION: {0}",
                        e.toString());
            }
        }
    }

    /**
     * @param  directory that this program can use
     * @return           its version
     * @throws IOException if it cannot be read
     */
    public static int of(Path directory) throws IOException {
        try {
            return Integer.parseInt(Files.readString(directory.resolve(FILE)).strip());
        } catch (NoSuchFileException e) {
            for (String each : FOLDERS) {
                if (Files.exists(directory.resolve(each))) {
                    return 1;
                }
            }
            return CURRENT;
        }
    }

    /**
     * What lies in a directory has the formats of this version now.
     *
     * @param directory that this program has claimed
     */
    public static void raise(Path directory, Disk disk) throws IOException {
        write(directory, CURRENT, disk);
    }

    private static void write(Path directory, int version, Disk disk) throws IOException {
        disk.replace(directory.resolve(FILE), (version + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes sure that this program can read a directory.
     *
     * @param  directory need not exist
     * @throws IOException as above
     */
    public static void check(Path directory) throws IOException {
        String text;
        try (var file = Files.newInputStream(directory.resolve(FILE))) {
            text = new String(file.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IOException(
                    "the file " + directory.resolve(FILE) + " contains no version. It should contain the number "
                            + CURRENT);
        }
        if (Integer.parseInt(text) > CURRENT) {
            throw new IOException("the directory " + directory + " has data format " + text + " of a newer version of this "
                    + "program; this version reads formats up to " + CURRENT + ". Run the newer version, or set another "
                    + "directory");
        }
    }
}
