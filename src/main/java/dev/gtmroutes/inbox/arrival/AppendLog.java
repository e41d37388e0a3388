// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.gtmroutes.disk.FreeSpace;
import dev.gtmroutes.thread.OutOfMemory;
import dev.gtmroutes.thread.VitalThread;

/**
 * Appends the small bodies of one flow with a group commit: while one write and sync is under way, the requests that
 * arrive gather, and the next write and sync covers all of them. One daemon thread writes, syncs and seals.
 */
final class AppendLog implements AutoCloseable {

    private static final Logger LOG = System.getLogger(AppendLog.class.getName());
    private static final long CLOSE_MILLIS = 10_000;

    private final OpenFile file;
    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final VitalThread writer;
    private Group gathering = new Group();
    private boolean closed;
    private boolean failing;

    /** @param folder of the flow */
    AppendLog(OpenFile file, Path folder) {
        this.file = file;
        this.folder = folder;
        this.writer = VitalThread.start("intake-" + folder.getFileName(), this::writeGroup);
    }

    /**
     * Returns when the lines are on the disk.
     *
     * @param lines whole lines, each with its newline
     * @throws IntakeRefused NOT_STORED if they could not be written, CLOSED after {@link #close()}
     */
    void append(byte[] lines) throws IntakeRefused {
        await(join(group -> {
            group.lines.writeBytes(lines);
            return group.written;
        }));
    }

    /**
     * Returns when everything appended so far is visible in the inbox.
     *
     * @throws IntakeRefused NOT_STORED if the file could not be sealed, CLOSED after {@link #close()}
     */
    void seal() throws IntakeRefused {
        await(join(group -> {
            group.seal = true;
            return group.sealed;
        }));
    }

    /** Seals the open file and stops the thread; what is still under way is finished first. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> join(Function<Group, CompletableFuture<Void>> part)
            throws IntakeRefused {
        lock.lock();
        try {
            if (closed) {
                throw IntakeRefused.closed();
            }
            arrived.signal();
            return part.apply(gathering);
        } finally {
            lock.unlock();
        }
    }

    private void await(CompletableFuture<Void> done) throws IntakeRefused {
        try {
            done.join();
        } catch (CompletionException e) {
            throw IntakeRefused.notStored(e.getCause(), folder);
        }
    }

    private void writeGroup() throws InterruptedException {
        Group group = nextGroup();
        write(group);
        if (group.seal || file.nanosUntilDue() <= 0) {
            seal(group);
        }
        if (group.last) {
            writer.stop();
        }
    }

    /** Waits until there is something to write or to seal. */
    private Group nextGroup() throws InterruptedException {
        lock.lock();
        try {
            long nanos = file.nanosUntilDue();
            while (gathering.isIdle() && !closed && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
            }
            Group next = new Group();
            Group group = gathering;
            gathering = next;
            group.last = closed;
            group.seal |= closed;
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void write(Group group) {
        try {
            if (group.lines.size() > 0) {
                file.append(ByteBuffer.wrap(group.lines.toByteArray()));
            }
            group.written.complete(null);
            failing &= group.lines.size() == 0;
        } catch (Throwable e) {
            if (!failing) {
                // Once, not per request: a full disk must not fill the log as well.
                LOG.log(Level.ERROR, "{0}: records cannot be written to the disk, and their senders get an error: {1}",
                        folder.getFileName(), Objects.requireNonNullElse(FreeSpace.shortage(e, folder), e.toString()));
            }
            failing = true;
            group.written.completeExceptionally(e);
            OutOfMemory.check(e);
        }
    }

    private void seal(Group group) {
        try {
            file.seal();
            group.sealed.complete(null);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "A file of the inbox cannot be closed; its records are safe: {0}", e.toString());
            group.sealed.completeExceptionally(e);
        }
    }

    /** Requests that share one write and one sync. */
    private static final class Group {
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
        private final CompletableFuture<Void> written = new CompletableFuture<>();
        private final CompletableFuture<Void> sealed = new CompletableFuture<>();
        private boolean seal;
        private boolean last;

        private boolean isIdle() {
            return lines.size() == 0 && !seal;
        }
    }
}
