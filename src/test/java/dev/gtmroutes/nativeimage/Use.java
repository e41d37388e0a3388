// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Something that a recorded program asked for by its name, or by reflection.
 *
 * @param kind    of what it is
 * @param name    of a class, resource, bundle or type; of a proxy, its interfaces with commas between; of a member,
 *                {@code class#member}, and the types of its parameters unless it is a field
 * @param asker   the method that asked first
 * @param context classes whose static initializer asked, and {@code DryLoad} if it did
 */
record Use(Kind kind, String name, String asker, Set<String> context) {

    /** Kinds of things, by the word that the recorder has for them. */
    enum Kind {
        CLASS("class"), RESOURCE("resource"), BUNDLE("bundle"), PROXY("proxy"), METHOD("method"), CONSTRUCTOR("constructor"),
        FIELD("field"), WRITTEN("type written as JSON"), READ("type read from JSON"), SERIALIZED("serialized type");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** All that was recorded, each thing once. */
    static Collection<Use> read(Path directory) throws IOException {
        Map<String, Use> uses = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                for (String line : whole(file)) {
                    Use use = of(line);
                    uses.putIfAbsent(use.kind + " " + use.name + " " + use.context, use);
                }
            }
        }
        return uses.values();
    }

    /** The last line of a program that was killed may have no end. */
    private static List<String> whole(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Use of(String line) {
        String[] parts = line.split("\t", -1);
        return new Use(Kind.valueOf(parts[0].toUpperCase()), parts[1], parts[2],
                parts[3].isEmpty() ? Set.of() : Set.of(parts[3].split(",")));
    }

    /** The class of a member, or the class itself. */
    String type() {
        return name.replaceFirst("#.*", "");
    }

    /** The member without its parameters. */
    String member() {
        return name.replaceFirst("^.*#", "").replaceFirst("\\(.*", "");
    }

    boolean isAskedBy(String name) {
        return asker.startsWith(name);
    }

    @Override
    public String toString() {
        return kind.words() + " " + name + ", asked for by " + asker;
    }
}
