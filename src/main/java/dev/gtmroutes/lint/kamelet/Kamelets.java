// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Kamelets that flows can call, by name. */
public final class Kamelets {

    private final Map<String, KameletDefinition> byName = new TreeMap<>();

    private Kamelets() {
    }

    /** These. Of two with the same name, the first. */
    public static Kamelets of(Collection<KameletDefinition> kamelets) {
        Kamelets all = new Kamelets();
        kamelets.forEach(all::add);
        return all;
    }

    /** Those in a directory and below; none if there is no such directory. */
    public static Kamelets in(Path directory) {
        Kamelets kamelets = new Kamelets();
        files(directory).forEach(each -> kamelets.add(KameletDefinition.read(each)));
        return kamelets;
    }

    /** Those in {@code kamelets/} on the classpath, as they are packaged with the program. */
    public static Kamelets onClasspath(ClassLoader loader) {
        Kamelets kamelets = new Kamelets();
        new ClasspathKamelets(loader).read().forEach(kamelets::add);
        return kamelets;
    }

    /** These, and those others whose names are not among these. */
    public Kamelets or(Kamelets others) {
        Kamelets both = new Kamelets();
        byName.values().forEach(both::add);
        others.byName.values().forEach(both::add);
        return both;
    }

    /** The Kamelet files in a directory and below, in order. */
    public static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(each -> each.getFileName().toString().endsWith(KameletDefinition.ENDING))
                    .filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Camel finds a Kamelet by the name of its file. */
    private void add(KameletDefinition kamelet) {
        byName.putIfAbsent(kamelet.fileName(), kamelet);
    }

    public Optional<KameletDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** In the order of their names. */
    public Collection<KameletDefinition> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
