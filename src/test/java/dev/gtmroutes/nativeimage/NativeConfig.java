// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a native image would be told to keep, read from the build that makes the sources of a native image only: the files in
 * {@code META-INF/native-image} of the program's jar and of its libraries, and the arguments of native-image.
 */
final class NativeConfig {

    private static final String FOLDER = "META-INF/native-image/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, RegisteredClass> classes = new HashMap<>();
    private final List<Pattern> resources = new ArrayList<>();
    private final List<Pattern> excluded = new ArrayList<>();
    private final Set<String> bundles = new TreeSet<>();
    private final Set<String> proxies = new HashSet<>();
    private final Set<String> serialized = new HashSet<>();
    private final Set<String> initializedLater = new HashSet<>();

    /** @param sources the directory {@code native-sources} */
    static NativeConfig read(Path sources) throws IOException {
        NativeConfig config = new NativeConfig();
        NativeArguments arguments = NativeArguments.read(sources.resolve("native-image.args"));
        try (Stream<Path> files = Stream.concat(Files.list(sources), Files.list(sources.resolve("lib")))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jar")).sorted().toList()) {
                config.read(file, arguments);
            }
        }
        return config;
    }

    private void read(Path file, NativeArguments arguments) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().filter(each -> each.getName().startsWith(FOLDER)).toList()) {
                if (entry.getName().endsWith(".json") && !arguments.isExcluded(file, entry.getName())) {
                    addJson(entry.getName().replaceFirst(".*/", ""), json(jar, entry));
                } else if (entry.getName().endsWith("native-image.properties")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        NativeArguments.Further further = NativeArguments.further(in);
                        further.resources().forEach(each -> resources.add(Pattern.compile(each)));
                        initializedLater.addAll(further.initializedLater());
                    }
                }
            }
            JarEntry feature = jar.getJarEntry("io/quarkus/runner/Feature.class");
            if (feature != null) {
                try (InputStream in = jar.getInputStream(feature)) {
                    initializedLater.addAll(NativeArguments.texts(in));
                }
            }
        }
    }

    private static JsonNode json(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return JSON.readTree(in);
        }
    }

    /** Adds what a file of GraalVM's says. @param file its name without folders */
    void addJson(String file, JsonNode json) {
        switch (file) {
            case "reflect-config.json" -> json.forEach(this::addClass);
            case "resource-config.json" -> addResources(json);
            case "proxy-config.json" -> json.forEach(each -> addProxy(each.isArray() ? each : each.path("interfaces")));
            case "serialization-config.json" -> addSerialized(json);
            case "reachability-metadata.json" -> addMetadata(json);
            default -> {
                // jni-config.json and predefined-classes-config.json say nothing about what is recorded.
            }
        }
    }

    private void addMetadata(JsonNode json) {
        for (JsonNode each : json.path("reflection")) {
            JsonNode proxy = each.at("/type/proxy");
            if (proxy.isArray()) {
                addProxy(proxy);
            } else {
                addClass(each);
            }
        }
        addResources(json);
        json.path("serialization").forEach(each -> serialized.add(name(each)));
    }

    private void addClass(JsonNode json) {
        classes.computeIfAbsent(name(json), each -> new RegisteredClass()).add(json);
        if (json.path("serializable").asBoolean()) {
            serialized.add(name(json));
        }
    }

    private static String name(JsonNode json) {
        return json.path(json.has("name") ? "name" : "type").asText();
    }

    private void addResources(JsonNode json) {
        JsonNode all = json.path("resources");
        for (JsonNode each : all.isArray() ? all : all.path("includes")) {
            if (each.has("glob")) {
                resources.add(Globs.pattern(each.path("glob").asText()));
            } else if (each.has("pattern")) {
                resources.add(Pattern.compile(each.path("pattern").asText().replaceFirst("^[\\w.]*:", "")));
            } else if (each.has("bundle")) {
                addBundle(each.path("bundle").asText());
            }
        }
        all.path("excludes").forEach(each -> excluded.add(Pattern.compile(each.path("pattern").asText())));
        json.path("globs").forEach(each -> resources.add(Globs.pattern(each.path("glob").asText())));
        json.path("bundles").forEach(each -> addBundle(each.path("name").asText()));
    }

    private void addBundle(String name) {
        bundles.add(name.replaceFirst(".*:", ""));
    }

    private void addProxy(JsonNode interfaces) {
        List<String> names = new ArrayList<>();
        interfaces.forEach(each -> names.add(each.asText()));
        proxies.add(String.join(",", names));
    }

    private void addSerialized(JsonNode json) {
        (json.isArray() ? json : json.path("types")).forEach(each -> serialized.add(name(each)));
    }

    /** Takes a class out, as if it had not been registered. */
    void forgetClass(String name) {
        if (classes.remove(name) == null) {
            throw new IllegalArgumentException(name + " is not registered");
        }
        serialized.remove(name);
    }

    /** Takes all patterns out that a resource is included by. */
    void forgetResource(String name) {
        if (!resources.removeIf(each -> each.matcher(name).matches())) {
            throw new IllegalArgumentException(name + " is not included");
        }
    }

    /** Whether the class can be found by its name. */
    boolean hasClass(String name) {
        return classes.containsKey(name);
    }

    /** What of a class can be used by reflection. */
    RegisteredClass registered(String name) {
        return classes.getOrDefault(name, RegisteredClass.NONE);
    }

    /** Whether a file of the class path is in the image. */
    boolean hasResource(String name) {
        String path = name.replaceFirst("^/+", "");
        return resources.stream().anyMatch(each -> each.matcher(path).matches())
                && excluded.stream().noneMatch(each -> each.matcher(path).matches());
    }

    boolean hasBundle(String name) {
        return bundles.contains(name.replace('/', '.'));
    }

    boolean hasProxy(String interfaces) {
        return proxies.contains(interfaces);
    }

    boolean isSerialized(String name) {
        return serialized.contains(name);
    }

    /** Whether its static initializer runs when the program does, and not when the image is built. */
    boolean isInitializedLater(String type) {
        for (String name = type; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
            if (initializedLater.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
