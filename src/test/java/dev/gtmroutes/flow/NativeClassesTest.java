// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.credential.Departure;
import dev.gtmroutes.delivery.DeliveryHttpClient;
import dev.gtmroutes.delivery.InputKeptException;
import dev.gtmroutes.paged.PagedSteps;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.record.read.NotRecordsException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.junit.jupiter.api.Test;

class NativeClassesTest {

    private static final Path CLASSES = Path.of("target/classes");
    /** What beans are made of, and what is caught. */
    private static final Pattern CLASS = Pattern.compile("(?:#class:|exception: \\[)([\\w.]+)");
    /** An image starts with the static state that its build had: no thread lives there, and chance and time stand still. */
    private static final List<Class<?>> NOT_STATIC = List.of(Random.class, Thread.class, ExecutorService.class, Timer.class,
            Closeable.class, Instant.class, Clock.class, ProcessHandle.class, HttpClient.class);

    @Test
    void everyClassThatAKameletNamesIsRegistered() throws IOException {
        TreeSet<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                CLASS.matcher(Files.readString(each)).results().map(MatchResult.class::cast)
                        .forEach(match -> named.add(match.group(1)));
            }
        }
        TreeSet<String> registered = Stream
                .of(NativeClasses.class.getAnnotation(RegisterForReflection.class).targets()).map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        // What beans inherit, what Java names to Camel, and what Kamelets of users name that were made for the first
        // edition.
        named.addAll(
                List.of(KameletBean.class.getName(), PagedSteps.class.getName(), InputKeptException.class.getName(),
                        NotRecordsException.class.getName(), Departure.class.getName(), DeliveryHttpClient.class.getName()));
        assertThat(registered).isEqualTo(named);
    }

    @Test
    void nothingStaticIsBornWithAnImage() throws Exception {
        List<String> born = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev"))) {
            for (Path each : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                String name = CLASSES.relativize(each).toString().replace(File.separatorChar, '.').replaceAll("\\.class$",
                        "");
                for (Field field : Class.forName(name).getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers()) && isBorn(field)) {
                        born.add(field.toString());
                    }
                }
            }
        }
        assertThat(born).isEmpty();
    }

    private static boolean isBorn(Field field) throws IllegalAccessException {
        field.setAccessible(true);
        Object value = field.get(null);
        return value != null && NOT_STATIC.stream().anyMatch(each -> each.isInstance(value));
    }
}
