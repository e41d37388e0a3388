package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the build would hand to native-image, with the profile {@code native-sources}: a class that is forgotten there cannot
 * be named by a route, and a file that is forgotten cannot be read.
 */
class NativeSourcesIT {

    private static final Path SOURCES = Path.of("target/native-sources");
    private static final Pattern CLASS = Pattern.compile("#class:([\\w.]+)");
    private static final Pattern METHOD = Pattern.compile("method: (\\w+)\\}");
    private static final Pattern EXCEPTION = Pattern.compile("exception: \\[([\\w.]+)\\]");

    private static final Map<String, JsonNode> CLASSES = new TreeMap<>();
    private static JsonNode resources;

    @BeforeAll
    static void read() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(SOURCES)) {
            jars = files.filter(each -> each.toString().endsWith("-runner.jar")).toList();
        }
        assertThat(jars).hasSize(1);
        try (JarFile jar = new JarFile(jars.get(0).toFile())) {
            json(jar, "reflect-config.json").forEach(each -> CLASSES.put(each.get("name").asText(), each));
            resources = json(jar, "resource-config.json").at("/resources/includes");
        }
    }

    private static JsonNode json(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry("META-INF/native-image/" + name))) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void beansOfKameletsCanBeMadeSetAndCalled() throws IOException {
        TreeSet<String> named = named(CLASS);
        assertThat(named).isNotEmpty();
        assertThat(named).allSatisfy(each -> assertThat(isWhole(each)).as(each).isTrue());
    }

    @Test
    void eachMethodThatARouteCallsIsOneOfABean() throws Exception {
        TreeSet<String> methods = new TreeSet<>();
        for (String each : named(CLASS)) {
            Stream.of(Class.forName(each).getMethods()).forEach(method -> methods.add(method.getName()));
        }
        assertThat(named(METHOD)).isNotEmpty().isSubsetOf(methods);
    }

    @Test
    void exceptionsThatRoutesCatchCanBeFound() throws IOException {
        assertThat(named(EXCEPTION)).isNotEmpty().isSubsetOf(CLASSES.keySet());
    }

    @Test
    void theSandboxCanReadItsData() {
        assertThat(Stream.of("Vendor", "Vendor$Credential", "Vendor$Place", "Vendor$RateLimit", "Vendor$OAuth", "Endpoint",
                "Endpoint$GoodAnswer", "Form", "BodyForm", "PathTemplate", "BodyTemplate"))
                .allSatisfy(each -> assertThat(isWhole("dev.gtmroutes.sandbox." + each)).as(each).isTrue());
    }

    @Test
    void allFilesThatArePackagedAreInTheImage() throws IOException {
        TreeSet<String> packaged = new TreeSet<>();
        for (Path each : files(Path.of("routes/kamelets"))) {
            packaged.add("kamelets/" + each.getFileName());
        }
        Path own = Path.of("src/main/resources");
        for (Path each : files(own)) {
            packaged.add(own.relativize(each).toString().replace('\\', '/'));
        }
        List<Pattern> included = StreamSupport.stream(resources.spliterator(), false)
                .map(each -> Pattern.compile(each.get("pattern").asText())).toList();

        assertThat(packaged).hasSizeGreaterThan(80);
        assertThat(packaged).allSatisfy(each -> assertThat(included)
                .as(each).anyMatch(pattern -> pattern.matcher(each).matches()));
    }

    private static boolean isWhole(String name) {
        JsonNode known = CLASSES.get(name);
        return known != null && Stream.of("allDeclaredConstructors", "allDeclaredMethods", "allDeclaredFields")
                .allMatch(each -> known.path(each).asBoolean());
    }

    private static TreeSet<String> named(Pattern pattern) throws IOException {
        TreeSet<String> named = new TreeSet<>();
        for (Path each : files(Path.of("routes"))) {
            pattern.matcher(Files.readString(each)).results().map(MatchResult.class::cast)
                    .forEach(match -> named.add(match.group(1)));
        }
        return named;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
