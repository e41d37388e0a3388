// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

import dev.gtmroutes.disk.ClockTrust;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.ExportJobs;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.progress.ProgressName;
import dev.gtmroutes.sources.ProgressJournals;

/**
 * The fragments that a flow has in work by tasks: their data, and which of its records have an outcome. Both outlive the
 * flow's route and a crash, so delivery goes on inside the fragment when its task comes again. Safe for use by many threads.
 *
 * <p>A fragment that is done is remembered as long as People.ai keeps its data: its task may come once more if the program
 * ends before the topic knows, or if whoever hands tasks over ends before it knows that the topic has one.
 */
final class TaskSpool {

    private static final long SWEEP_NANOS = Duration.ofDays(1).toNanos();

    private final FragmentCache spool;
    private final ProgressJournals journals;
    private final Clock clock;
    private final LongSupplier nanos;
    private final ClockTrust trust;
    private final Set<Path> inWork = new HashSet<>();
    /** Chunks whose task is in work or may come again in this run. */
    private final Set<Path> begun = new HashSet<>();
    /** When what is old was deleted; null for never. */
    private Long swept;

    /** @throws IOException if what an earlier run left, and no task can go on with, cannot be deleted */
    TaskSpool(Path folder, Clock clock) throws IOException {
        this(folder, clock, System::nanoTime);
    }

    TaskSpool(Path folder, Clock clock, LongSupplier nanos) throws IOException {
        Disk disk = new Disk();
        this.spool = new FragmentCache(folder, disk);
        this.journals = new ProgressJournals(disk);
        this.clock = clock;
        this.nanos = nanos;
        this.trust = ClockTrust.after(newest(), clock.instant(), nanos.getAsLong());
        spool.keepOnly(file -> ProgressName.isName(name(file)) || isHalfDone(file)
                || isHalfDone(FragmentCache.newRecords(file)));
    }

    /** When an earlier run wrote last; null if it left nothing. */
    private Instant newest() throws IOException {
        List<Instant> times = new ArrayList<>();
        spool.keepOnly(file -> times.add(Files.getLastModifiedTime(file).toInstant()));
        return times.stream().max(Comparator.naturalOrder()).orElse(null);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /**
     * Data of which nothing is noted is fetched again: nobody knows whether its task will come here. But what a chunk was
     * made of stays with it: fetched later, it may be more, and would be reported instead of what the sink gets.
     */
    private static boolean isHalfDone(Path data) throws IOException {
        return Files.exists(ProgressName.beside(data)) && !ProgressJournal.isDone(data);
    }

    /** Whether People.ai may still have the data, and a task may still be carried out. */
    private boolean isRecent(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(clock.instant().minus(ExportJobs.RETENTION));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    FragmentCache spool() {
        return spool;
    }

    /**
     * @return false if the fragment is in work: its task came twice. Who gets it has to give it back
     * @throws IOException if what is old cannot be deleted
     */
    synchronized boolean take(Fragment fragment) throws IOException {
        Path chunk = spool.chunk(fragment);
        begun.add(chunk);
        sweep();
        return inWork.add(chunk);
    }

    /** Once a day: what People.ai has no longer comes no more. A wrong clock would have it all sent once more. */
    private void sweep() throws IOException {
        long now = nanos.getAsLong();
        if (trust.check(clock.instant(), now) && (swept == null || now - swept >= SWEEP_NANOS)) {
            swept = now;
            spool.keepOnly(file -> isBegun(ProgressName.isName(name(file)) ? ProgressName.fileOf(file) : file)
                    || isRecent(file));
        }
    }

    private boolean isBegun(Path data) {
        return begun.contains(data) || begun.contains(FragmentCache.newRecords(data));
    }

    /**
     * Whether each record of the fragment had its outcome when its task came before.
     *
     * @throws IOException if the note cannot be read
     */
    boolean isDone(Fragment fragment) throws IOException {
        return ProgressJournal.isDone(spool.chunk(fragment));
    }

    /**
     * The file with the records for the sink, once the fragment is here.
     *
     * @throws IOException if it cannot be read or written
     */
    Path chunk(Fragment fragment) throws IOException {
        Path chunk = spool.chunk(fragment);
        if (fragment.ask() == Fragment.Ask.AGAIN && Files.notExists(chunk)) {
            spool.copyRest(fragment, chunk);
        }
        return chunk;
    }

    /**
     * Which of its records have an outcome by now.
     *
     * @throws IOException if the notes of an earlier run cannot be read
     */
    InputProgress settled(Fragment fragment) throws IOException {
        return journals.open(spool.chunk(fragment)).settled();
    }

    /** @param over whether its task will not come again */
    synchronized void giveBack(Fragment fragment, boolean over) throws IOException {
        Path file = spool.chunk(fragment);
        try {
            if (over) {
                ProgressJournal done = journals.leave(file);
                if (done != null) {
                    // First: a crash in between finds it done, and deletes the data.
                    done.remember();
                }
                spool.forgetData(fragment);
                begun.remove(file);
            } else {
                journals.rest(file);
            }
        } finally {
            inWork.remove(file);
        }
    }
}
