// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.gtmroutes.credential.Secrets;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSettingTest {

    @TempDir
    Path directory;

    private static SecretSetting secret(Map<String, String> settings) {
        return new SecretSetting(new SmallRyeConfigBuilder().withDefaultValues(settings).build(), "a.token", "a.token-file",
                new Secrets());
    }

    @Test
    void aSecretIsTheSettingOrWhatTheFileContainsNow() throws IOException {
        Path file = directory.resolve("token");
        SecretSetting inFile = secret(Map.of("a.token-file", file.toString()));

        assertThat(secret(Map.of()).isSet()).isFalse();
        assertThat(secret(Map.of()).value()).isEmpty();
        assertThat(secret(Map.of("a.token", " abc ")).value()).contains("abc");
        Files.writeString(file, "first\n");
        assertThat(inFile.isSet()).isTrue();
        assertThat(inFile.value()).contains("first");
        Files.writeString(file, "second");
        assertThat(inFile.value()).contains("second");
    }

    @Test
    void aFileWithoutASecretIsNoSecret() throws IOException {
        Path file = directory.resolve("token");
        SecretSetting inFile = secret(Map.of("a.token-file", file.toString()));

        assertThatThrownBy(inFile::value).hasMessageContaining("setting a.token-file: " + file + " cannot be read");
        Files.writeString(file, " \n");
        assertThatThrownBy(inFile::value).hasMessage("setting a.token-file: " + file + " is empty");
    }

    @Test
    void twoSecretsAreOneTooMany() {
        assertThatThrownBy(secret(Map.of("a.token", "abc", "a.token-file", "/run/token"))::value)
                .hasMessage("a.token and a.token-file are set. Remove one of the two");
    }
}
