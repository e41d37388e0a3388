package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import dev.gtmroutes.delivery.ChunkKeptException;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.record.NotRecordsException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a file that was taken: it is done, it has failed, or it stays in the inbox with its progress noted. */
final class Endings {

    /** Exchange property of type {@link Sighting}: the file as it was when it was taken. */
    static final String SEEN = "GtmInboxSeen";

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);

    private final Rests rests;
    private final Progress progress;
    private boolean keepDone = true;

    Endings(Rests rests, Progress progress) {
        this.rests = rests;
        this.progress = progress;
    }

    /** Whether a file whose records all have an outcome is kept. */
    void keepDone(boolean keepDone) {
        this.keepDone = keepDone;
    }

    /** Makes the folder that delivered files go to. */
    void prepare(Path inbox) throws IOException {
        if (keepDone) {
            Files.createDirectories(inbox.resolve(FinishedFiles.DONE));
        }
    }

    /** @param failure what went wrong; null if each record has its outcome */
    void end(Exchange exchange, Path file, Exception failure) {
        Exception cause = failure == null ? missed(settled(exchange)) : failure;
        Sighting seen = exchange.getProperty(SEEN, Sighting.class);
        try {
            boolean failed = cause != null && !(cause instanceof NotRecordsException);
            if (failed) {
                keep(exchange, file, seen, cause);
            } else if (seen.changed(file)) {
                continueLater(exchange, file, seen);
            } else if (cause == null) {
                // First, so that a crash in between leaves no progress for the next file of this name.
                progress.forget(file);
                if (keepDone) {
                    FinishedFiles.done(file);
                } else {
                    Files.delete(file);
                }
                rests.forget(file);
            } else {
                progress.forget(file);
                LOG.warn("{}: {} is not a file of records: {}. It is now {}", FlowRoute.id(exchange), file.getFileName(),
                        InboxErrors.text(cause), FinishedFiles.failed(file, cause.getMessage()));
                rests.forget(file);
            }
        } catch (IOException | RuntimeException e) {
            if (Files.exists(file)) {
                keepInTrouble(exchange, file, seen, e);
            } else {
                LOG.info("{} was taken out of the inbox while it was delivered", file.getFileName());
            }
        }
    }

    private void continueLater(Exchange exchange, Path file, Sighting seen) throws IOException {
        progress.write(file, seen, settled(exchange));
        rests.forget(file);
        LOG.info("{} stays in the inbox: it was written to while it was delivered. What is new will be delivered, too",
                file.getFileName());
    }

    private void keep(Exchange exchange, Path file, Sighting seen, Exception cause) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        // First: should it fail, that is the only trouble that is told.
        progress.write(file, seen, settled(exchange));
        if (isStop(cause)) {
            LOG.info("{} stays in the inbox: {}", file.getFileName(), InboxErrors.text(cause));
        } else {
            Duration rest = rests.failed(file, InboxErrors.text(cause)).length();
            LOG.warn("{} stays in the inbox and is tried again in {} s: {}", file.getFileName(), rest.toSeconds(),
                    InboxErrors.text(cause));
        }
    }

    /** The disk does not do what it should; at least nothing is sent again that need not be. */
    private void keepInTrouble(Exchange exchange, Path file, Sighting seen, Exception trouble) {
        Duration rest = rests.failed(file, InboxErrors.text(trouble)).length();
        LOG.warn("{} stays in the inbox and is tried again in {} s: {}", file.getFileName(), rest.toSeconds(),
                InboxErrors.text(trouble));
        try {
            progress.write(file, seen, settled(exchange));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The progress of {} cannot be noted, its records will be sent again: {}", file.getFileName(),
                    InboxErrors.text(e));
        }
    }

    /** A replayed file must not vanish because its destination has: then no record of it has an outcome. */
    private static Exception missed(Settled settled) {
        return !settled.isMissed() ? null : new IOException("its records are for the destination " + settled.only().id()
                + " (" + settled.only().template() + "), which this flow does not have any more. Bring it back, or take"
                + " the file away");
    }

    /** What has an outcome: destinations add to it, so it holds as much as the delivery came to. */
    private static Settled settled(Exchange exchange) {
        return exchange.getProperty(Settled.PROPERTY, new Settled(), Settled.class);
    }

    private static boolean isStop(Exception cause) {
        return cause instanceof ChunkKeptException && cause.getCause() == null
                || cause instanceof RejectedExecutionException;
    }
}
