// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.gtmroutes.FreePort;
import dev.gtmroutes.nativeimage.RecordedStart;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged program as a process of its own, in its own directory, as a user runs it. */
final class Program implements AutoCloseable {

    private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
    /** What is tested instead, with the profile {@code native}. */
    private static final String NATIVE_IMAGE = System.getProperty("native.image.path", "");

    private final Path directory;
    private final List<String> javaOptions = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private boolean isRecorded;
    private Process process;
    private Thread reader;

    private Program(Path directory) {
        this.directory = directory;
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(FreePort.next()));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(FreePort.next()));
    }

    /** A program in this directory, with the flows this project comes with. */
    static Program in(Path directory) throws IOException {
        Path flows = Files.createDirectories(directory.resolve("routes/flows"));
        try (Stream<Path> files = Files.list(Path.of("routes/flows"))) {
            for (Path each : files.toList()) {
                Files.copy(each, flows.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new Program(directory);
    }

    Program java(String option) {
        javaOptions.add(option);
        return this;
    }

    /** A command before all others. */
    Program command(String command) {
        before.add(command);
        return this;
    }

    Program env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Has it note what a native image of it has to hold, see docs/architecture.md. It takes longer to start then. */
    Program recorded() {
        isRecorded = true;
        return this;
    }

    int port() {
        return Integer.parseInt(environment.get("QUARKUS_HTTP_PORT"));
    }

    int managementPort() {
        return Integer.parseInt(environment.get("QUARKUS_MANAGEMENT_PORT"));
    }

    Path resolve(String path) {
        return directory.resolve(path);
    }

    Program start() throws IOException {
        process = builder().redirectErrorStream(true).start();
        Process reading = process;
        reader = new Thread(() -> read(reading), "program-output");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    /** A command that has ended. */
    record Ended(int status, String out, String err) {
    }

    /** Runs a command of the program, beside the program or without it, and waits for its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return run("", arguments);
    }

    /** @param input what is piped in */
    Ended run(String input, String[] arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "command", ".out");
        Path err = Files.createTempFile(directory, "command", ".err");
        Process command = builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (OutputStream in = command.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!command.waitFor(60, TimeUnit.SECONDS)) {
            command.destroyForcibly().waitFor();
            throw new AssertionError("still running: " + List.of(arguments));
        }
        return new Ended(command.exitValue(), Files.readString(out), Files.readString(err));
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>();
        if (NATIVE_IMAGE.isEmpty()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // A quick start is worth more here than a quick run.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.addAll(javaOptions);
            if (isRecorded) {
                command.addAll(RecordedStart.javaOptions(APP.resolve("quarkus-run.jar")));
            }
            command.add("@" + startArguments());
        } else {
            command.add(NATIVE_IMAGE);
            command.addAll(javaOptions);
        }
        command.addAll(before);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(each -> each.startsWith("PEOPLE_AI") || each.startsWith("GTM_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /**
     * Arguments for a start with an archive of the classes, made once for all tests: half the time, and dozens of starts.
     */
    static synchronized Path startArguments() {
        Path arguments = APP.resolve("start.args");
        try (FileChannel lock = FileChannel.open(APP.resolve("start.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock one = lock.lock()) {
            Path jar = APP.resolve("quarkus-run.jar");
            if (Files.notExists(arguments)
                    || Files.getLastModifiedTime(arguments).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Process archiving = new ProcessBuilder("deploy/archive-classes.sh", APP.toString()).inheritIO().start();
                assertThat(archiving.waitFor()).as("exit status of deploy/archive-classes.sh").isZero();
            }
            return arguments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(Process from) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            output.add("(output ended: " + e.getMessage() + ")");
        }
    }

    /** The lines of the finished files in a folder below its directory, in the order of their names. */
    List<String> lines(String folder) {
        Path there = resolve(folder);
        if (Files.notExists(there)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(there)) {
            for (Path each : files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList()) {
                lines.addAll(Files.readAllLines(each));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything the program has printed, in all its runs. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** Waits for such a line of this run or one before. Fails at once when the program has ended without it. */
    Program awaitLine(String text) {
        try {
            Awaitility.await("a line with " + text).atMost(Duration.ofSeconds(60))
                    .until(() -> hasPrinted(text) || !reader.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no line with " + text + " in 60 s, but: " + lastLines(), e);
        }
        if (!hasPrinted(text)) {
            throw new AssertionError("it ended without a line with " + text + ", but: " + lastLines());
        }
        return this;
    }

    private boolean hasPrinted(String text) {
        return output.stream().anyMatch(each -> each.contains(text));
    }

    private String lastLines() {
        List<String> all = output();
        return String.join("\n", all.subList(Math.max(0, all.size() - 30), all.size()));
    }

    Program awaitStarted() {
        return awaitLine("Listening on:");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as {@code kill} does, and waits. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Waits until it has ended. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + output);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
