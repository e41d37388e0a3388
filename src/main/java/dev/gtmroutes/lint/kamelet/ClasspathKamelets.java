// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

import dev.gtmroutes.lint.yaml.YamlFile;

/** Reads the Kamelets in {@code kamelets/} on the classpath, from directories and from jars. */
final class ClasspathKamelets {

    private static final String DIRECTORY = "kamelets";

    /** Every jar that holds Kamelets of this project holds it; a jar need not have entries for its directories. */
    private static final String ANCHOR = DIRECTORY + "/http-delivery-sink" + KameletDefinition.ENDING;

    private final ClassLoader loader;

    ClasspathKamelets(ClassLoader loader) {
        this.loader = loader;
    }

    List<KameletDefinition> read() {
        try {
            Set<String> names = new LinkedHashSet<>();
            for (String resource : List.of(DIRECTORY, ANCHOR)) {
                for (URL each : Collections.list(loader.getResources(resource))) {
                    names.addAll(names(each, resource.equals(ANCHOR)));
                }
            }
            List<KameletDefinition> kamelets = new ArrayList<>();
            for (String each : names) {
                try (InputStream in = loader.getResourceAsStream(DIRECTORY + "/" + each)) {
                    if (in != null) {
                        kamelets.add(KameletDefinition.of(YamlFile.of(Path.of(DIRECTORY, each),
                                new String(in.readAllBytes(), StandardCharsets.UTF_8))));
                    }
                }
            }
            return kamelets;
        } catch (IOException | URISyntaxException e) {
            throw new UncheckedIOException(new IOException("the Kamelets of this program cannot be read", e));
        }
    }

    /** Names of the Kamelet files beside or below this one. */
    private static List<String> names(URL url, boolean isFile) throws IOException, URISyntaxException {
        if (url.getProtocol().equals("file")) {
            Path path = Path.of(new URI(url.toString()));
            return Kamelets.files(isFile ? path.getParent() : path).stream().map(each -> each.getFileName().toString())
                    .toList();
        }
        if (url.getProtocol().equals("resource")) {
            return namesInImage();
        }
        URLConnection connection = url.openConnection();
        if (!(connection instanceof JarURLConnection)) {
            return List.of();
        }
        connection.setUseCaches(false);
        try (JarFile jar = ((JarURLConnection) connection).getJarFile()) {
            return jar.stream().map(each -> each.getName()).filter(each -> each.startsWith(DIRECTORY + "/"))
                    .filter(each -> each.endsWith(KameletDefinition.ENDING))
                    .map(each -> each.substring(each.lastIndexOf('/') + 1)).sorted().toList();
        }
    }

    /** A native image keeps its resources in a file system of its own. */
    private static List<String> namesInImage() throws IOException {
        URI root = URI.create("resource:/");
        FileSystem image;
        try {
            image = FileSystems.newFileSystem(root, Map.of());
        } catch (FileSystemAlreadyExistsException e) {
            image = FileSystems.getFileSystem(root);
        }
        return Kamelets.files(image.getPath("/" + DIRECTORY)).stream().map(each -> each.getFileName().toString()).toList();
    }
}
