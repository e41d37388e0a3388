// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.ws.rs.HttpMethod;

/** Every method of every path that the program answers, found in its classes: a new one cannot be forgotten. */
final class Endpoints {

    /** What stands for the variables of a path. */
    private static final Map<String, String> VALUES = Map.of("flow", "calls", "vendor", "people-ai", "name", "default");

    /**
     * One of them.
     *
     * @param path with something in the place of variables
     */
    record Endpoint(String method, String path) {

        boolean isApi() {
            return path.startsWith("/api/");
        }

        boolean isIntake() {
            return path.startsWith("/intake/");
        }

        boolean isOpen() {
            return path.startsWith("/login") || path.equals("/logout");
        }

        /** Whether viewers may not read it either. */
        boolean isForOperators() {
            return path.endsWith("/audit");
        }

        boolean reads() {
            return method.equals("GET");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Endpoints() {
    }

    static List<Endpoint> all() throws Exception {
        List<Endpoint> all = new ArrayList<>();
        Path classes = Path.of("target/classes");
        for (String name : names(classes)) {
            Class<?> resource = Class.forName(name, false, Endpoints.class.getClassLoader());
            jakarta.ws.rs.Path root = resource.getAnnotation(jakarta.ws.rs.Path.class);
            if (root != null) {
                for (Method each : resource.getDeclaredMethods()) {
                    method(each).forEach(verb -> all.add(new Endpoint(verb, path(root, each))));
                }
            }
        }
        return all;
    }

    private static List<String> names(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes.resolve("dev/gtmroutes"))) {
            return files.map(each -> classes.relativize(each).toString()).filter(each -> each.endsWith(".class"))
                    .map(each -> each.substring(0, each.length() - ".class".length()).replace('/', '.')).sorted()
                    .toList();
        }
    }

    private static Stream<String> method(Method method) {
        return Stream.of(method.getAnnotations()).map(Annotation::annotationType)
                .map(each -> each.getAnnotation(HttpMethod.class)).filter(each -> each != null).map(HttpMethod::value);
    }

    private static String path(jakarta.ws.rs.Path root, Method method) {
        jakarta.ws.rs.Path own = method.getAnnotation(jakarta.ws.rs.Path.class);
        String template = "/" + root.value() + "/" + (own == null ? "" : own.value());
        return fill(template.replaceAll("/+", "/").replaceAll("(?<=.)/$", ""));
    }

    /** @return the path with something in the place of its variables */
    static String fill(String template) {
        String path = template;
        for (Map.Entry<String, String> each : VALUES.entrySet()) {
            path = path.replaceAll("\\{" + each.getKey() + "(:[^}]*)?}", each.getValue());
        }
        return path.replaceAll("\\{[^}]*}", "1");
    }
}
