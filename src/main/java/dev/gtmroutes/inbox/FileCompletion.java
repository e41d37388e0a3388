// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.InputKeptException;
import dev.gtmroutes.disk.PrivateFiles;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.record.read.NotRecordsException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a file that was taken: it is done, it has failed, or it stays in the inbox with its progress noted. */
final class FileCompletion {

    /** Exchange property of type {@link ProgressJournal}: what is noted of the file that was taken. */
    static final String JOURNAL = "GtmInboxJournal";

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);

    private final FailureDelays<Path> rests;
    private final RenamedFiles renamed;
    private boolean keepDone = true;

    FileCompletion(FailureDelays<Path> rests, RenamedFiles renamed) {
        this.rests = rests;
        this.renamed = renamed;
    }

    /** Whether a file whose records all have an outcome is kept; those of the intake never are. */
    void keepDone(boolean keepDone) {
        this.keepDone = keepDone;
    }

    /** Makes the folder that delivered files go to. */
    void prepare(Path inbox) throws IOException {
        if (keepDone) {
            PrivateFiles.createFolder(inbox.resolve(FinishedFiles.DONE));
        }
    }

    /**
     * @param taken   the file, by the name under which it was taken
     * @param failure what went wrong; null if each record has its outcome
     */
    void end(Exchange exchange, Path taken, Exception failure) {
        ProgressJournal journal = exchange.getProperty(JOURNAL, ProgressJournal.class);
        Exception cause = failure == null ? missed(journal.settled()) : failure;
        Path file = taken;
        try {
            file = renamed.nameOf(taken, journal.seen());
            if (!file.equals(taken)) {
                LOG.info("{} was renamed to {} while it was delivered", taken.getFileName(), file.getFileName());
                rests.worked(taken);
                journal.follow(file);
            }
            boolean failed = cause != null && !(cause instanceof NotRecordsException);
            if (failed) {
                keep(file, journal, cause);
            } else if (journal.seen().changed(file) || !renamed.isFinal(file)) {
                continueLater(file, journal);
            } else if (cause == null) {
                journal.done();
                finish(file, journal);
            } else {
                LOG.warn("{}: {} is not a file of records: {}. It was moved to "
                        + "{}", FlowRoute.id(exchange), file.getFileName(),
                        Exceptions.text(cause), FinishedFiles.failed(file, cause.getMessage()));
                forget(file, journal);
            }
        } catch (IOException | RuntimeException e) {
            if (Files.exists(file)) {
                keepInTrouble(file, journal, e);
            } else {
                LOG.info("{} was removed from the inbox while it was delivered", file.getFileName());
                forget(file, journal);
            }
        }
    }

    /** Each record of the file has its outcome, and it is noted that this is so. */
    void finish(Path file, ProgressJournal journal) throws IOException {
        // One for each body that arrives would take all inodes of a volume in some days.
        if (keepDone && !Intake.isNameOfArrival(file)) {
            FinishedFiles.done(file);
        } else {
            Files.delete(file);
        }
        forget(file, journal);
    }

    private void forget(Path file, ProgressJournal journal) {
        rests.worked(file);
        try {
            journal.forget();
        } catch (IOException e) {
            // It says that the file is done, so that another one of the name is not taken for it.
            LOG.warn("Cannot delete the progress of {}, which is completely delivered: "
                    + "{}", file.getFileName(), Exceptions.text(e));
        }
    }

    private void continueLater(Path file, ProgressJournal journal) throws IOException {
        journal.keep();
        rests.worked(file);
        LOG.info("{} stays in the inbox: {}", file.getFileName(), renamed.isFinal(file)
                ? "it changed while it was delivered. The new records will be delivered, too"
                : "its name is the name of an unfinished file (gtm.inbox.unfinished). Delivery continues when the file is "
                        + "renamed");
    }

    private void keep(Path file, ProgressJournal journal, Exception cause) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        // First: should it fail, that is the only trouble that is told.
        journal.keep();
        if (isStop(cause)) {
            LOG.info("{} stays in the inbox: {}", file.getFileName(), Exceptions.text(cause));
        } else {
            Duration rest = rests.failed(file, Exceptions.text(cause)).length();
            LOG.warn("{} stays in the inbox, next attempt in {} s: {}", file.getFileName(), rest.toSeconds(),
                    Exceptions.text(cause));
        }
    }

    /** The disk does not do what it should; at least nothing is sent again that need not be. */
    private void keepInTrouble(Path file, ProgressJournal journal, Exception trouble) {
        Duration rest = rests.failed(file, Exceptions.text(trouble)).length();
        LOG.warn("{} stays in the inbox, next attempt in {} s: {}", file.getFileName(), rest.toSeconds(),
                Exceptions.text(trouble));
        try {
            journal.keep();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Cannot save the progress of {}, so its records will be sent again: {}", file.getFileName(),
                    Exceptions.text(e));
        }
    }

    /** A replayed file must not vanish because its destination has: then no record of it has an outcome. */
    private static Exception missed(InputProgress settled) {
        return !settled.isMissed() ? null : new IOException("its records are for the destination " + settled.only().id()
                + " (" + settled.only().template() + "), which this flow no longer has. Restore the destination, or remove "
                + "the file");
    }

    private static boolean isStop(Exception cause) {
        return cause instanceof InputKeptException && cause.getCause() == null
                || cause instanceof RejectedExecutionException;
    }
}
