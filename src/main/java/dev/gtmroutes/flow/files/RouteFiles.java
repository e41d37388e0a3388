// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.BoundedYaml;
import dev.gtmroutes.lint.yaml.YamlFile;

/**
 * The files under {@code routes/} at one moment, by path. What begins with a dot is left out: editors write there before
 * they rename, and Kubernetes keeps the versions of a ConfigMap there.
 *
 * @param flows    those directly under {@code flows/}
 * @param kamelets those under {@code kamelets/} and below
 */
public record RouteFiles(SortedMap<Path, Source> flows, SortedMap<Path, Source> kamelets) {

    /** What tells, without reading it, that a file is another one or was written to. Links are followed. */
    record Print(Object file, long bytes, FileTime written) {
    }

    /** A file that was read. */
    public record Source(Path path, byte[] bytes, YamlFile yaml) {

        boolean isSameAs(Source other) {
            return other != null && path.equals(other.path) && Arrays.equals(bytes, other.bytes);
        }
    }

    public static final RouteFiles EMPTY = new RouteFiles(new TreeMap<>(), new TreeMap<>());

    /** Where a Kamelet's file lies; its name alone for one that is packaged. */
    public Path kamelet(String name) {
        String file = name + KameletDefinition.ENDING;
        return kamelets.keySet().stream().filter(each -> each.endsWith(file)).findFirst().orElse(Path.of(file));
    }

    /**
     * Looks at all files without reading them.
     *
     * @throws IOException if that is not possible just now, such as while a file is being replaced
     */
    static SortedMap<Path, Print> look(Path routes) throws IOException {
        if (!Files.isDirectory(routes)) {
            throw new IOException("directory not found: " + routes);
        }
        SortedMap<Path, Print> found = new TreeMap<>();
        visit(routes.resolve("flows"), 1, "[^.].*\\.ya?ml", found);
        visit(routes.resolve("kamelets"), Integer.MAX_VALUE, "[^.].*\\" + KameletDefinition.ENDING, found);
        return found;
    }

    private static void visit(Path root, int depth, String names, SortedMap<Path, Print> found) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(root) && directory.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.getFileName().toString().matches(names)) {
                    found.put(file, new Print(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.getFileName().toString().startsWith(".")) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /**
     * Reads the files of a look.
     *
     * @param before what was read earlier; a file with the same bytes is taken from there
     * @throws IOException if one cannot be read
     */
    static RouteFiles read(Path routes, SortedMap<Path, Print> look, RouteFiles before) throws IOException {
        RouteFiles tree = new RouteFiles(new TreeMap<>(), new TreeMap<>());
        for (Path each : look.keySet()) {
            boolean flow = each.startsWith(routes.resolve("flows"));
            Source old = (flow ? before.flows : before.kamelets).get(each);
            Source source = source(each, look.get(each).bytes);
            boolean same = old != null && Arrays.equals(old.bytes, source.bytes);
            (flow ? tree.flows : tree.kamelets).put(each, same ? old : source);
        }
        return tree;
    }

    /** One that is too large is not read: its size stands for what is in it. */
    private static Source source(Path path, long size) throws IOException {
        if (size > BoundedYaml.MAX_BYTES) {
            return new Source(path, String.valueOf(size).getBytes(StandardCharsets.UTF_8), YamlFile.tooLarge(path));
        }
        byte[] bytes = Files.readAllBytes(path);
        return new Source(path, bytes, YamlFile.of(path, bytes));
    }

    /** The same without a file of flows. */
    public RouteFiles without(Path flow) {
        SortedMap<Path, Source> others = new TreeMap<>(flows);
        others.remove(flow);
        return new RouteFiles(others, kamelets);
    }

    /** Whether all files are the same, byte by byte. */
    boolean isSameAs(RouteFiles other) {
        return same(flows, other.flows) && same(kamelets, other.kamelets);
    }

    private static boolean same(SortedMap<Path, Source> left, SortedMap<Path, Source> right) {
        return left.keySet().equals(right.keySet())
                && left.values().stream().allMatch(each -> each.isSameAs(right.get(each.path())));
    }
}
