// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.file.Path;

/**
 * A catalogue file that no Kamelets can be written from. The message is one line: file, line, what is wrong, what is
 * allowed.
 */
public final class CatalogueException extends Exception {

    private static final long serialVersionUID = 1L;

    CatalogueException(Path file, int line, String message) {
        super(file + ":" + line + ": " + message.replaceAll("\\s*\\R\\s*", " "));
    }
}
