// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.InputWatch;
import dev.gtmroutes.disk.ClockTrust;
import dev.gtmroutes.disk.FreeSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the history. Every few seconds, {@link #tick} reads what destinations have counted; deliveries themselves write
 * nothing and wait for nothing. With a disk that is full, the history waits, and deliveries go on.
 */
public final class HistoryRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryRecorder.class);
    private static final long LEAST_FREE_BYTES = 16L << 20;
    private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long UPKEEP_NANOS = Duration.ofHours(6).toNanos();

    private final Path folder;
    private final Supplier<List<DestinationStatus>> destinations;
    private final Clock clock;
    private final LongSupplier nanos;
    private final HistoryFile file;
    private final SliceStore slices;
    private final RunStore runs;
    private final RunBook book;
    private final CounterSampler sampler;
    private final Expiry expiry;
    private final History history;
    private ClockTrust trust;
    private boolean restored;
    private boolean failing;
    private long retryAt;
    private long upkeepAt;

    /**
     * @param data         the data directory
     * @param destinations those that are there now
     */
    public HistoryRecorder(Path data, HistoryLimits limits, Supplier<List<DestinationStatus>> destinations) {
        this(data, limits, destinations, Clock.systemUTC(), System::nanoTime);
    }

    HistoryRecorder(Path data, HistoryLimits limits, Supplier<List<DestinationStatus>> destinations, Clock clock,
            LongSupplier nanos) {
        this.folder = data.resolve("history");
        this.destinations = destinations;
        this.clock = clock;
        this.nanos = nanos;
        file = new HistoryFile(folder.resolve("history.mv"));
        slices = new SliceStore(file);
        runs = new RunStore(file);
        book = new RunBook(clock);
        sampler = new CounterSampler(slices);
        expiry = new Expiry(file, runs, limits);
        history = new History(limits, slices, runs, book, clock);
        history.renameBy(this::rename);
        upkeepAt = nanos.getAsLong();
        retryAt = upkeepAt;
    }

    /** What it writes, to be read. */
    public History history() {
        return history;
    }

    /** What has to be told of inputs. */
    public InputWatch inputs() {
        return book;
    }

    /** Opens the file, so that there is something to be read; if that fails, {@link #tick} tries again. */
    public synchronized void start() {
        tryTo(this::open);
    }

    /** Writes what has happened since the last time. */
    public synchronized void tick() {
        sampler.sample(destinations.get(), clock.instant());
        book.sample();
        if (!failing || nanos.getAsLong() - retryAt >= 0) {
            tryTo(() -> {
                save();
                upkeep();
            });
        }
    }

    /** Writes what has happened up to the end of the program, and closes the file. */
    public synchronized void close() {
        sampler.sample(clock.instant());
        book.sample();
        tryTo(this::save);
        file.close();
    }

    /** Has all that was written of flows count for other names. If it cannot be written, it stays with the names before. */
    private synchronized void rename(Map<String, String> names) {
        if (history.kept().isZero()) {
            return;
        }
        sampler.sample(clock.instant());
        book.sample();
        tryTo(() -> {
            // What is not written so far goes with it.
            save();
            Map<String, byte[]> changes = new TreeMap<>();
            slices.rename(names, changes);
            names.forEach((from, to) -> runs.rename(from, to, changes));
            book.rename(names);
            write(changes);
        });
    }

    private interface Work {

        void run() throws IOException;
    }

    private void tryTo(Work work) {
        try {
            work.run();
            if (failing) {
                LOG.info("The history is saved again");
            }
            failing = false;
            history.trouble(null);
        } catch (IOException | RuntimeException e) {
            String why = e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
            if (!failing) {
                LOG.error("The history cannot be saved: {}. Deliveries go on. The program tries again every minute", why);
            }
            failing = true;
            retryAt = nanos.getAsLong() + RETRY_NANOS;
            history.trouble(why);
        }
    }

    private void open() throws IOException {
        file.open();
        if (!restored) {
            book.restore(runs.open());
            Instant newest = expiry.newest();
            Instant now = clock.instant();
            trust = new ClockTrust(newest == null || ClockTrust.agrees(newest, now), now, nanos.getAsLong());
            restored = true;
        }
    }

    private void save() throws IOException {
        open();
        Map<String, byte[]> changes = new TreeMap<>();
        List<Run> finished = book.finished();
        byte[] open = book.openRuns();
        slices.changes(changes);
        runs.changes(finished, open, changes);
        write(changes);
        slices.saved();
        runs.saved(open);
        book.saved(finished);
    }

    /** A delivery needs the last bytes more than the history does. */
    private void write(Map<String, byte[]> changes) throws IOException {
        if (!changes.isEmpty()) {
            if (FreeSpace.bytes(folder) < LEAST_FREE_BYTES) {
                throw new IOException("the disk has less than " + (LEAST_FREE_BYTES >> 20) + " MB of free space");
            }
            file.write(changes);
        }
    }

    private void upkeep() throws IOException {
        boolean trusted = trust.check(clock.instant(), nanos.getAsLong());
        if (trusted && nanos.getAsLong() - upkeepAt >= 0) {
            upkeepAt = nanos.getAsLong() + UPKEEP_NANOS;
            Map<String, byte[]> changes = expiry.expired(clock.instant());
            if (!changes.isEmpty()) {
                file.write(changes);
            }
            file.tidy();
        }
    }
}
