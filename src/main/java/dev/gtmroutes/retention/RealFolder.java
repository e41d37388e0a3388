// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Looks into folders without following a link. */
final class RealFolder {

    /** What is done with each file. */
    interface Look {
        void at(Path file, BasicFileAttributes attributes) throws IOException;
    }

    private RealFolder() {
    }

    /** Whether it is a folder, and no link to one. */
    static boolean is(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** All that is no folder; a link is looked at as what it is. There is nothing in a folder that is a link itself. */
    static void each(Path folder, Look look) throws IOException {
        if (!is(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
                            LinkOption.NOFOLLOW_LINKS);
                    if (!attributes.isDirectory()) {
                        look.at(file, attributes);
                    }
                } catch (NoSuchFileException e) {
                    // Done or renamed just now.
                    continue;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** The folders in a folder, without links. */
    static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, RealFolder::is)) {
            files.forEach(folders::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return folders;
    }
}
