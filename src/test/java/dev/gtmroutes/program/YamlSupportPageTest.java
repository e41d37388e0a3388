// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.gtmroutes.docs.GeneratedPart;
import dev.gtmroutes.program.YamlSupport.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of what YAML may use is what the flows of {@code YamlSupportIT} use, and what the page about it says. */
class YamlSupportPageTest {

    @ParameterizedTest
    @EnumSource
    void theListHoldsWhatTheFlowsUse(Kind kind) throws IOException {
        UsedYaml used = new UsedYaml().add(YamlSupport.throwingFlows());
        try (Stream<Path> files = Files.list(YamlSupportIT.FLOWS)) {
            for (Path file : files.toList()) {
                used.add(Files.readString(file));
            }
        }

        assertThat(YamlSupport.names(kind)).isNotEmpty().isEqualTo(used.of(kind));
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        GeneratedPart.assertIs("yaml-support.md", "parts", YamlSupport.tables());
    }
}
