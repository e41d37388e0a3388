// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents of the tests, and imports of them into a folder of catalogue files. */
final class Importing {

    private static final Path DOCUMENTS = Path.of("src/test/resources/openapi");

    private Importing() {
    }

    static OpenApiImport of(String document, String vendor, String paths, Path folder) throws ImportException {
        return OpenApiImport.of(new OpenApiImport.Wanted(DOCUMENTS.resolve(document), vendor, paths, ""), folder);
    }

    static OpenApiImport ofText(String text, Path folder) throws ImportException, IOException {
        Path document = Files.writeString(Files.createDirectories(folder).resolveSibling("document.txt"), text);
        return OpenApiImport.of(new OpenApiImport.Wanted(document, "acme", "", ""), folder);
    }

    /** What is in a file without its lists. */
    static String withoutLists(String text) {
        return text.contains("\nlists:") ? text.substring(0, text.indexOf("\nlists:")) : text;
    }
}
