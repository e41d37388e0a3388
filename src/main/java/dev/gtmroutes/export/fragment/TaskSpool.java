// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

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

    private static final Duration SWEEP = Duration.ofDays(1);

    private final FragmentCache spool;
    private final ProgressJournals journals;
    private final Clock clock;
    private final Set<Path> inWork = new HashSet<>();
    private Instant swept;

    /** @throws IOException if what an earlier run left, and no task can go on with, cannot be deleted */
    TaskSpool(Path folder, Clock clock) throws IOException {
        Disk disk = new Disk();
        this.spool = new FragmentCache(folder, disk);
        this.journals = new ProgressJournals(disk);
        this.clock = clock;
        this.swept = clock.instant();
        spool.keepOnly(file -> isRecent(file) && (ProgressName.isName(name(file)) || isHalfDone(file)
                || isHalfDone(FragmentCache.newRecords(file))));
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
        if (swept.plus(SWEEP).isBefore(clock.instant())) {
            swept = clock.instant();
            spool.keepOnly(file -> !ProgressName.isName(name(file)) || inWork.contains(ProgressName.fileOf(file))
                    || isRecent(file));
        }
        return inWork.add(spool.chunk(fragment));
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
            } else {
                journals.rest(file);
            }
        } finally {
            inWork.remove(file);
        }
    }
}
