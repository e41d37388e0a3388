// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Files of the log-in page that need a log-in themselves would lead a person there who has logged in. */
class OpenFilesTest {

    @Test
    void eachFileOfThePagesIsServedWithoutALogIn() throws Exception {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("application.properties"))) {
            settings.load(in);
        }
        List<String> open = List.of(settings.getProperty("quarkus.http.auth.permission.open.paths").split(","));
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/resources"))) {
            assertThat(open.stream().filter(each -> each.startsWith("/console."))).containsExactlyInAnyOrderElementsOf(
                    files.map(each -> "/" + each.getFileName()).filter(each -> each.startsWith("/console.")).toList());
        }
    }
}
