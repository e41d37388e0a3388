// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** No library of the packaged program is in a version that {@code src/security/advisories.yaml} names, unless accepted. */
class AdvisoriesIT {

    private static final Path LIST = Path.of("src/security/advisories.yaml");
    /** Written by the packaging: {@code group:artifact:classifier:type:version}. */
    private static final Path LIBRARIES = Path.of("target/quarkus-app/quarkus-app-dependencies.txt");

    @Test
    void eachAffectedLibraryIsNamedWithTheReasonWhyItIsAccepted() throws IOException {
        Map<String, String> versions = versions();
        List<String> affected = new ArrayList<>();
        for (Map<?, ?> advisory : advisories()) {
            for (Object artifact : (List<?>) advisory.get("artifacts")) {
                String version = versions.get(artifact);
                if (version != null && isAffected(version, fixed(advisory)) && advisory.get("accepted") == null) {
                    affected.add(advisory.get("id") + ": " + artifact + " " + version + ", fixed in " + fixed(advisory));
                }
            }
        }

        assertThat(versions).containsKeys("io.netty:netty-codec-http", "org.apache.kafka:kafka-clients");
        assertThat(affected).isEmpty();
    }

    /** An entry without all of its parts, or about a library that the program has no longer, says nothing. */
    @Test
    void eachEntryIsCompleteAndAboutTheProgram() throws IOException {
        Map<String, String> versions = versions();
        assertThat(advisories()).isNotEmpty().allSatisfy(advisory -> {
            assertThat(advisory.get("id").toString()).matches("(CVE|GHSA)-[\\w-]+");
            assertThat(advisory.get("summary").toString()).isNotBlank();
            assertThat(fixed(advisory)).isNotEmpty();
            assertThat((List<?>) advisory.get("artifacts")).isNotEmpty()
                    .allSatisfy(artifact -> assertThat(versions).containsKey(artifact.toString()));
            assertThat(advisory.get("accepted")).satisfiesAnyOf(reason -> assertThat(reason).isNull(),
                    reason -> assertThat(reason.toString()).isNotBlank());
        });
    }

    @ParameterizedTest
    @CsvSource({"4.1.130.Final, true", "4.1.132.Final, false", "4.1.140.Final, false", "4.2.9.Final, true",
            "4.2.10.Final, false", "4.0.56.Final, true", "4.3.0, false", "5.0.0.Alpha1, false"})
    void aVersionIsComparedWithThatOfItsLine(String version, boolean affected) {
        assertThat(isAffected(version, List.of("4.1.132", "4.2.10"))).isEqualTo(affected);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> advisories() throws IOException {
        Load yaml = new Load(LoadSettings.builder().build());
        return (List<Map<?, ?>>) yaml.loadFromString(Files.readString(LIST));
    }

    private static List<String> fixed(Map<?, ?> advisory) {
        return ((List<?>) advisory.get("fixed")).stream().map(Object::toString).toList();
    }

    private static Map<String, String> versions() throws IOException {
        Map<String, String> versions = new HashMap<>();
        for (String line : Files.readAllLines(LIBRARIES)) {
            String[] parts = line.split(":");
            versions.put(parts[0] + ":" + parts[1], parts[parts.length - 1]);
        }
        return versions;
    }

    /** Below the corrected version of its line of versions; of another line, below the newest corrected one. */
    private static boolean isAffected(String version, List<String> fixed) {
        String line = line(version);
        String bound = fixed.stream().filter(each -> line(each).equals(line)).findFirst()
                .orElse(fixed.get(fixed.size() - 1));
        return compare(version, bound) < 0;
    }

    private static String line(String version) {
        String[] parts = version.split("\\.");
        return parts[0] + "." + parts[1];
    }

    private static int compare(String one, String other) {
        String[] left = one.split("\\.");
        String[] right = other.split("\\.");
        for (int i = 0; i < right.length; i++) {
            int order = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
