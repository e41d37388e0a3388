// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/** The name of a progress file, which lies beside the file that it is about: {@code .<file>.progress}. */
public final class ProgressName {

    /** What such a name ends with. */
    public static final String ENDING = ".progress";

    /** Most file systems allow 255 bytes; the dot, the ending and {@code .part} need some of them. */
    private static final int LONGEST_NAME = 200;

    private ProgressName() {
    }

    /** Where the progress of a file is. */
    public static Path beside(Path file) {
        String name = file.getFileName().toString();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        String shortName = bytes.length <= LONGEST_NAME ? name : UUID.nameUUIDFromBytes(bytes).toString();
        return file.resolveSibling("." + shortName + ENDING);
    }

    /** @return the file that a progress file is beside of, unless the name of that is too long to be kept */
    public static Path fileOf(Path progress) {
        String name = progress.getFileName().toString();
        return progress.resolveSibling(name.substring(1, name.length() - ENDING.length()));
    }

    /** Whether something else than a file has the name, such as a folder. What cannot be looked at may be a file. */
    static boolean isNoFile(Path progress) {
        try {
            return !Files.readAttributes(progress, BasicFileAttributes.class).isRegularFile();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a file of this name is a progress file. */
    public static boolean isName(String name) {
        return name.startsWith(".") && name.length() > 1 + ENDING.length() && name.endsWith(ENDING);
    }
}
