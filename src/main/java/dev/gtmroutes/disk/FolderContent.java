// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is in a folder. */
public final class FolderContent {

    private FolderContent() {
    }

    /** Files and folders in a folder, in the order of their names; none if there is no such folder. */
    public static List<Path> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /** Their names. */
    public static List<String> names(Path folder) throws IOException {
        return of(folder).stream().map(each -> each.getFileName().toString()).toList();
    }
}
