// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.nio.file.Path;

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
}
