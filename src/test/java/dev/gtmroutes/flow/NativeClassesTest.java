package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.junit.jupiter.api.Test;

class NativeClassesTest {

    private static final Pattern CLASS = Pattern.compile("#class:([\\w.]+)");

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

        assertThat(registered).isEqualTo(named);
    }
}
