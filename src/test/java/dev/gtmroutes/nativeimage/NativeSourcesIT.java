// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.nativeimage.Use.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the build would hand to native-image, with the profile {@code native-sources}, compared with what the program asked
 * for in the integration tests that ran before: see docs/architecture.md.
 */
class NativeSourcesIT {

    private static final Path SOURCES = Path.of("target/native-sources");
    private static final Path RECORDS = Path.of(System.getProperty("native.record", "target/native-record"));
    private static final Pattern BEAN = Pattern.compile("#class:([\\w.]+)");

    private static Collection<Use> uses;
    private static NativeConfig config;

    @BeforeAll
    static void read() throws IOException {
        assertThat(RECORDS).as("the record of the integration tests: run mvn verify before").isDirectory();
        uses = Use.read(RECORDS);
        config = NativeConfig.read(SOURCES);
    }

    @Test
    void whatProgramsAskForIsInTheImage() {
        NativeCheck check = new NativeCheck(config);
        List<Use> missing = check.missing(uses);
        tell(check, missing);

        assertThat(missing).as("register these, or say in NotNeeded why an image needs them not").isEmpty();
    }

    /** The table of what was recorded. */
    private static void tell(NativeCheck check, List<Use> missing) {
        Map<Kind, long[]> counts = new EnumMap<>(Kind.class);
        for (Use use : uses) {
            long[] count = counts.computeIfAbsent(use.kind(), kind -> new long[2]);
            count[0]++;
            count[1] += check.isNeeded(use) ? 1 : 0;
        }
        counts.forEach(
                (kind, count) -> System.out.printf("%-22s %4d recorded, %4d needed, %3d missing%n", kind.words(), count[0],
                        count[1], missing.stream().filter(use -> use.kind() == kind).count()));
    }

    @Test
    void whatIsTakenOutIsFoundWithItsAsker() throws IOException {
        NativeConfig less = NativeConfig.read(SOURCES);
        less.forgetClass("dev.gtmroutes.delivery.InputKeptException");
        less.forgetClass("dev.gtmroutes.record.read.NotRecordsException");
        less.forgetClass("dev.gtmroutes.sandbox.server.Summary");
        less.forgetResource("application.properties");
        List<String> missing = new NativeCheck(less).missing(uses).stream().map(Use::toString).toList();

        assertThat(missing)
                .anyMatch(line -> line
                        .matches("class dev.gtmroutes.delivery.InputKeptException, asked for by org.apache.camel.*"))
                .anyMatch(line -> line
                        .matches("class dev.gtmroutes.record.read.NotRecordsException, asked for by org.apache.camel.*"))
                .anyMatch(line -> line.matches("type written as JSON dev.gtmroutes.sandbox.server.Summary, asked for by "
                        + "com.fasterxml.* for dev.gtmroutes.sandbox.server.SandboxPages.summary"))
                .anyMatch(line -> line.startsWith("resource application.properties, asked for by io."))
                .allMatch(line -> line.matches(".*(InputKept|NotRecords|server.Summary|application.properties).*"));
    }

    /** A record of a part of the tests would find a part of what is missing. */
    @Test
    void theRecordHoldsWhatIsShipped() throws IOException {
        Set<String> beans = new TreeSet<>();
        Set<String> kamelets = new TreeSet<>();
        for (Path file : files(Path.of("routes/kamelets"))) {
            if (file.toString().endsWith(".kamelet.yaml")) {
                kamelets.add("kamelets/" + file.getFileName());
                BEAN.matcher(Files.readString(file)).results().forEach(bean -> beans.add(bean.group(1)));
            }
        }

        assertThat(beans).isNotEmpty().isSubsetOf(names(Kind.CLASS));
        assertThat(kamelets).isNotEmpty().isSubsetOf(names(Kind.RESOURCE));
        assertThat(names(Kind.READ)).contains("dev.gtmroutes.sandbox.catalogue.Vendor",
                "dev.gtmroutes.sandbox.catalogue.Endpoint");
    }

    private static Set<String> names(Kind kind) {
        return uses.stream().filter(use -> use.kind() == kind).map(Use::name).collect(Collectors.toSet());
    }

    @Test
    void allFilesThatArePackagedAreInTheImage() throws IOException {
        TreeSet<String> packaged = new TreeSet<>();
        for (Path file : files(Path.of("routes/kamelets"))) {
            packaged.add("kamelets/" + file.getFileName());
        }
        Path own = Path.of("src/main/resources");
        for (Path file : files(own)) {
            packaged.add(own.relativize(file).toString().replace('\\', '/'));
        }

        assertThat(packaged).hasSizeGreaterThan(80).allMatch(config::hasResource);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
