// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.io.IOException;
import java.nio.file.Path;

import dev.gtmroutes.disk.DataVersion;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;

/**
 * The directory where sources note how far they are. Instances of a cluster share it, while each has a data directory
 * of its own.
 *
 * @param setting as a user gives it; blank for the one in the data directory
 */
public record StateFolder(String setting) {

    /** @param data the data directory */
    public Path of(Path data) {
        return setting.isBlank() ? data.resolve("state") : Path.of(setting);
    }

    /**
     * The same, for a source that is going to use it.
     *
     * @throws IllegalStateException if a later version of the program wrote it, or it cannot be made; the message is one
     *                               line
     */
    public Path open(Path data) {
        Path folder = of(data);
        try {
            if (!setting.isBlank()) {
                new Disk().createFolder(folder);
                DataVersion.claim(folder, new Disk());
            }
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(FileErrors.text(e) + " (gtm.state)");
        }
    }
}
