// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.json.PackageVersion;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** That the jar for other Camel applications holds what the program holds, and is made for the same versions. */
class KameletsPomTest {

    private static final Path PROGRAM = Path.of("pom.xml");
    private static final Path JAR = Path.of("kamelets/pom.xml");

    @Test
    void bothHoldTheKameletsOfEachFolder() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("routes/kamelets"))) {
            List<String> each = folders.map(folder -> folder + "</directory>").toList();
            assertThat(Files.readString(PROGRAM)).contains(each);
            assertThat(Files.readString(JAR)).contains(each);
        }
    }

    @Test
    void theJarHoldsTheClassesThatKameletsName() throws IOException {
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> kamelets = Files.walk(Path.of("routes/kamelets"))) {
            for (Path each : (Iterable<Path>) kamelets.filter(Files::isRegularFile)::iterator) {
                Pattern.compile("dev\\.gtmroutes\\.(\\w+)\\.").matcher(Files.readString(each)).results()
                        .forEach(found -> packages.add("<include>dev/gtmroutes/" + found.group(1) + "/</include>"));
            }
        }
        assertThat(packages).isNotEmpty();
        assertThat(Files.readString(JAR)).contains(packages);
    }

    @Test
    void itIsMadeForTheVersionsOfTheProgram() throws IOException {
        assertThat(Files.readString(JAR)).contains(version(),
                element("camel.version", new DefaultCamelContext().getVersion()),
                element("jackson.version", PackageVersion.VERSION.toString()));
    }

    private static String version() throws IOException {
        return Files.readString(PROGRAM).lines().filter(each -> each.contains("<version>")).findFirst().orElseThrow();
    }

    private static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }
}
