// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The Kamelets come from files that a user may edit; of the jar, only the classes are used. */
class KameletsOnDiskTest extends ApplicationChecks {

    private static final Path KAMELETS = Path.of("../../routes/kamelets");

    @Override
    protected void run() throws IOException {
        Path edited = copy("people-ai");
        Path template = edited.resolve("people-ai-push-batch-call-activities-sink.kamelet.yaml");
        Files.writeString(template, Files.readString(template).replace("/_bulk", "/_bulk?edited=yes"));
        System.setProperty("camel.component.kamelet.location", "file:" + edited + ",file:" + copy("delivery"));
        Application.start();
    }

    private static Path copy(String folder) throws IOException {
        Path copy = Files.createDirectories(directory.resolve(folder));
        try (Stream<Path> files = Files.list(KAMELETS.resolve(folder))) {
            for (Path each : files.toList()) {
                Files.copy(each, copy.resolve(each.getFileName()));
            }
        }
        return copy;
    }

    @Override
    protected String path() {
        return super.path() + "?edited=yes";
    }
}
