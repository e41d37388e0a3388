// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gtmroutes.FreePort;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL, as a process of its own that can be stopped and started again on the same port with what it has stored.
 * Tests that need it are skipped where it is not installed, but not in CI.
 */
public final class Postgres implements AutoCloseable {

    /** Of the user {@code gtm}. */
    public static final String PASSWORD = "table-password-93f1";

    private final Path directory;
    private final Path programs;
    private final int port = FreePort.next();
    private Process process;

    /** A started one, empty. */
    public Postgres() {
        Optional<Path> installed = installed();
        assumeTrue(installed.isPresent() || System.getenv("CI") != null, "PostgreSQL is not installed");
        programs = installed.orElseThrow();
        try {
            directory = Files.createTempDirectory("gtm-postgres");
            Path password = Files.writeString(directory.resolve("password"), PASSWORD);
            run("chown", "-R", isRoot() ? "nobody" : System.getProperty("user.name"), directory.toString());
            run(command("initdb", "-D", data(), "-U", "gtm", "-A", "scram-sha-256", "--pwfile=" + password, "-N",
                    "--locale=C", "-E", "UTF8"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    private static Optional<Path> installed() {
        List<Path> folders = new ArrayList<>();
        for (String each : System.getenv("PATH").split(File.pathSeparator)) {
            folders.add(Path.of(each));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.exists(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder()).forEach(each -> folders.add(each.resolve("bin")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folders.stream().filter(each -> Files.isExecutable(each.resolve("initdb"))).findFirst();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** PostgreSQL refuses to run as root. */
    private String[] command(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot()
                ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private void run(String... command) throws IOException {
        Path log = Files.createTempFile("gtm-postgres", ".log");
        try {
            Process running = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            assertThat(running.onExit().join().exitValue()).as(Files.readString(log)).isZero();
        } finally {
            Files.delete(log);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** Its URL for JDBC, without the user. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Starts it, or starts it again, and waits until it answers. */
    public void start() {
        try {
            process = new ProcessBuilder(command("postgres", "-D", data(), "-p", String.valueOf(port), "-F", "-c",
                    "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=16MB"))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A test that is killed leaves no server behind.
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    private boolean answers() {
        try (Connection connection = connection()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** A connection of its own. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(url(), "gtm", PASSWORD);
    }

    /** Runs a statement. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connection()) {
            connection.createStatement().execute(sql);
        }
    }

    /** Ends it, and all its connections. */
    public void stop() throws IOException {
        end("-INT");
    }

    private void end(String signal) throws IOException {
        run("kill", signal, String.valueOf(process.pid()));
        process.onExit().join();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                end("-QUIT");
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
