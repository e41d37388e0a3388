// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.disk.ClockTrust;
import dev.gtmroutes.peopleai.SettableClock;
import org.apache.camel.impl.DefaultCamelContext;

/** A data directory, a janitor with a clock of its own, and what it reports. */
final class KeptData extends Handler implements AutoCloseable {

    static final String START = "2027-01-01T00:00:00Z";

    final SettableClock clock = new SettableClock(START);
    final DefaultCamelContext camel = PlainCamel.create();
    final Path path;
    private Duration jumped = Duration.ZERO;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Properties settings = new Properties();
    private final Logger logger = Logger.getLogger(Janitor.class.getName());

    KeptData(Path path) {
        this.path = path;
        camel.getPropertiesComponent().setOverrideProperties(settings);
        DataClaims.claim(camel, path);
        logger.addHandler(this);
    }

    KeptData set(String name, String value) {
        settings.setProperty(name, value);
        return this;
    }

    Janitor janitor() {
        return janitor(Janitor.MOST_PER_RUN);
    }

    /** It trusts the clock. @param most so many files are removed in one run of each pool */
    Janitor janitor(int most) {
        return new Janitor(camel, clock, this::nanos, most, new ClockTrust(true, clock.instant(), nanos()));
    }

    /** That of a program that has just started. */
    Janitor started() {
        return new Janitor(camel, clock, this::nanos, Janitor.MOST_PER_RUN, null);
    }

    private long nanos() {
        return Duration.between(Instant.parse(START), clock.instant()).minus(jumped).toNanos();
    }

    /** The clock is wrong by this from now on. */
    void jump(Duration ahead) {
        clock.pass(ahead);
        jumped = jumped.plus(ahead);
    }

    /** A file of so many bytes that was written to so long ago. */
    Path file(String name, long bytes, Duration age) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(bytes);
        }
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(age)));
        return file;
    }

    /** What the janitor reported. */
    List<String> reports() {
        return List.copyOf(log);
    }

    /** All files and links, without locks. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(each -> !each.getFileName().toString().endsWith(".lock")).toList();
        }
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of a file of dead letters. */
    static String letter(Instant time, String record) {
        return "{\"record\":" + record + ",\"state\":\"rejected\",\"reason\":\"responded with 422\",\"status\":422,"
                + "\"answer\":\"no\",\"flow\":\"calls\",\"destination\":\"calls:1-delivery\",\"template\":\"push-call\","
                + "\"sourceFile\":\"a.ndjson\",\"line\":7,\"time\":\"" + time + "\"}\n";
    }

    @Override
    public void publish(LogRecord entry) {
        log.add(entry.getMessage());
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        camel.stop();
    }
}
