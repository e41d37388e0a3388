// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import dev.gtmroutes.progress.ProgressName;
import org.apache.camel.CamelContext;

/**
 * A file in an inbox, for those who remove it undelivered.
 *
 * @param file absolute
 */
public record WaitingFile(CamelContext camel, Path file) {

    /**
     * Deletes the file and its progress, unless it is being delivered. Until it is gone, no flow can take it.
     *
     * @return whether it was deleted
     */
    public boolean delete() throws IOException {
        FilesUnderWay underWay = FilesUnderWay.of(camel);
        if (!underWay.take(file)) {
            return false;
        }
        try {
            if (!underWay.identify(file, Files.readAttributes(file, BasicFileAttributes.class).fileKey())) {
                return false;
            }
            Files.delete(file);
            Files.deleteIfExists(ProgressName.beside(file));
            return true;
        } finally {
            underWay.end(file);
        }
    }

    /** Whether this is the progress of a file that is not in its folder any more, under whatever name. */
    public static boolean isStrayProgress(Path file) throws IOException {
        return ProgressName.isName(file.getFileName().toString()) && RenamedFiles.isStray(file);
    }
}
