// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program in a directory of its own, as a user runs it; started and killed again and again. */
public final class ProgramProcess {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)");
    private static final long LONGEST_START_MS = 60_000;

    private final Path directory;
    private final String program;
    private volatile Process process;
    private Path log;
    private volatile int port;

    /** @param program the file with its arguments, that {@code deploy/archive-classes.sh} makes */
    public ProgramProcess(Path directory, String program) {
        this.directory = directory;
        this.program = program;
        // An audit that is ended leaves no program behind.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /**
     * @param run      number of this run, which names its log
     * @param settings further environment variables, such as the credentials
     */
    public void start(int run, Map<String, String> settings) throws IOException {
        port = 0;
        log = directory.resolve("program-" + run % 20 + ".log");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "@" + program).directory(directory.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(each -> each.matches("(PEOPLE_AI|SALESLOFT|CUSTOMERLY|GTM|QUARKUS)_.*"));
        environment.putAll(Map.of("QUARKUS_HTTP_PORT", "0", "QUARKUS_MANAGEMENT_PORT", "0", "GTM_INBOX_QUIET", "0s",
                "GTM_INTAKE_QUIET", "100ms", "GTM_INTAKE_LINGER", "500ms", "GTM_RETRY_MAX_DELAY", "300ms",
                "GTM_PAUSE_AFTER_REJECTIONS", "0"));
        environment.putAll(settings);
        process = builder.start();
    }

    /** Waits until it listens. */
    public void awaitStarted() throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START_MS * 1_000_000;
        while (!looksStarted()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                List<String> lines = Files.readAllLines(log);
                throw new IllegalStateException("The program did not start; " + log + " ends with\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size())));
            }
            Thread.sleep(20);
        }
    }

    public boolean looksStarted() throws IOException {
        if (port == 0) {
            Matcher listening = LISTENING.matcher(Files.readString(log));
            port = listening.find() ? Integer.parseInt(listening.group(1)) : 0;
        }
        return port != 0;
    }

    /** 0 until it listens. */
    public int port() {
        return port;
    }

    /** {@code kill -9}, at once. */
    public void kill() throws InterruptedException {
        end();
        if (process != null) {
            process.waitFor();
        }
    }

    private void end() {
        port = 0;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** An orderly end. */
    public void stop() throws InterruptedException {
        port = 0;
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The program did not stop within a minute, see " + log);
        }
    }

    /** Whether nothing waits in an inbox or an outbox any more. */
    public boolean isIdle() {
        File[] folders = {directory.resolve("data/inbox").toFile(), directory.resolve("data/responses").toFile()};
        for (File folder : folders) {
            File[] flows = folder.listFiles(File::isDirectory);
            for (File flow : flows == null ? new File[0] : flows) {
                if (waiting(flow) > 0 || new File(flow, ".intake/open.ndjson").exists()) {
                    return false;
                }
            }
        }
        return true;
    }

    public static int waiting(File inbox) {
        File[] files = inbox.listFiles(each -> each.isFile() && !each.getName().startsWith("."));
        return files == null ? 0 : files.length;
    }
}
