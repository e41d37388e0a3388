// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tokens where a file system knows no POSIX permissions; here one inside a zip file. */
class SecretFileTest {

    @Test
    void withoutPosixPermissionsTheFileIsStillReplaced(@TempDir Path directory) throws Exception {
        URI zip = URI.create("jar:" + directory.resolve("disk.zip").toUri());
        try (FileSystem disk = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            assertThat(disk.supportedFileAttributeViews()).doesNotContain("posix");
            SecretFile file = new SecretFile(disk.getPath("/data/state/x.json"));
            assertThat(file.read()).isNull();
            for (String content : new String[] {"one", "two"}) {
                try (SecretFile.Replacement replacement = file.replace()) {
                    replacement.commit(content.getBytes());
                }
                assertThat(file.read()).asString().isEqualTo(content);
            }
        }
    }
}
