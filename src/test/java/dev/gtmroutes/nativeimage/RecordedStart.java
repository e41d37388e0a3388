// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.objectweb.asm.ClassReader;

/**
 * Starts a JVM with {@link RecorderAgent}, if the system property {@code native.record} names a directory for the records.
 */
public final class RecordedStart {

    private static final String RECORDS = System.getProperty("native.record", "");
    private static final Path JARS = Path.of("target/native-recorder").toAbsolutePath();
    private static final Path CLASSES = Path.of("target/test-classes/dev/gtmroutes/nativeimage");
    private static final Path AGENT = JARS.resolve("agent.jar");

    private RecordedStart() {
    }

    /**
     * Options for a JVM that runs a packaged program.
     *
     * @param program its jar: what was recorded of an older one is deleted
     * @return empty unless programs are to be recorded
     */
    public static List<String> javaOptions(Path program) {
        if (RECORDS.isEmpty()) {
            return List.of();
        }
        Path records = Path.of(RECORDS).toAbsolutePath();
        prepare(program, records);
        return List.of("-javaagent:" + AGENT + "=" + records);
    }

    private static synchronized void prepare(Path program, Path records) {
        try (FileChannel lock = FileChannel.open(Files.createDirectories(JARS).resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock one = lock.lock()) {
            if (isNewerThan(program) && isNewerThan(CLASSES.resolve("Recorder.class"))) {
                return;
            }
            if (Files.isDirectory(records)) {
                try (Stream<Path> old = Files.list(records)) {
                    old.forEach(file -> file.toFile().delete());
                }
            }
            Manifest manifest = new Manifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.putValue("Premain-Class", RecorderAgent.class.getName());
            main.putValue("Can-Retransform-Classes", "true");
            main.put(Attributes.Name.CLASS_PATH,
                    ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toString());
            jar(AGENT, manifest, List.of(RecorderAgent.class, Hook.class, Recorder.class, Asker.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewerThan(Path file) throws IOException {
        return Files.exists(AGENT) && Files.getLastModifiedTime(AGENT).compareTo(Files.getLastModifiedTime(file)) >= 0;
    }

    /** Makes a jar of classes and of those that are nested in them. It is there when it is whole. */
    private static void jar(Path jar, Manifest manifest, List<Class<?>> types) throws IOException {
        Path unfinished = Files.createTempFile(JARS, "unfinished", ".jar");
        try (OutputStream out = Files.newOutputStream(unfinished);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> type : types) {
                try (Stream<Path> files = Files.list(CLASSES)) {
                    for (Path file : files.filter(each -> isOf(type, each)).toList()) {
                        entries.putNextEntry(
                                new ZipEntry(type.getPackageName().replace('.', '/') + "/" + file.getFileName()));
                        try (InputStream in = Files.newInputStream(file)) {
                            in.transferTo(entries);
                        }
                    }
                }
            }
        }
        Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isOf(Class<?> type, Path file) {
        String name = file.getFileName().toString();
        return name.equals(type.getSimpleName() + ".class") || name.startsWith(type.getSimpleName() + "$");
    }
}
