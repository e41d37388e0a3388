// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;

/**
 * Takes request bodies into the inboxes of flows, {@code <inbox>/<flow>/}. A body that was taken is on the disk: it
 * outlives a crash of the program and a power cut. Every finished file is complete from the moment it is visible, and
 * sorted by name the files of a flow are in the order of their arrival. For any number of threads.
 */
public final class Intake implements Closeable {

    /** A request that was let in before a flow got another name may come so much later. */
    private static final long RELEASED_NANOS = 60_000_000_000L;
    private static final Pattern FLOW_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Path inbox;
    private final IntakeSettings settings;
    private final Disk disk;
    private final InboxLock ownership;
    private final Map<String, FlowInbox> flows = new ConcurrentHashMap<>();
    /** Flows whose folders get another name, or have got it a moment ago, by the time in nanoseconds. */
    private final Map<String, Long> released = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Opens the inbox and publishes what an earlier run acknowledged but did not finish.
     *
     * @param inbox the folder that has one folder per flow; created if missing
     * @throws IOException if the folder cannot be written, or another running program takes records into it
     */
    public Intake(Path inbox, IntakeSettings settings) throws IOException {
        this(inbox, settings, new Disk());
    }

    public Intake(Path inbox, IntakeSettings settings, Disk disk) throws IOException {
        this.inbox = inbox;
        this.settings = settings;
        this.disk = disk;
        disk.createFolder(inbox);
        this.ownership = new InboxLock(inbox);
        try {
            settleLeftovers();
        } catch (IOException | RuntimeException e) {
            ownership.close();
            throw e;
        }
    }

    /** Whether this can be the id of a flow: letters, digits, dots, dashes and underscores, no dot or dash first. */
    public static boolean isFlowId(String id) {
        return FLOW_ID.matcher(id).matches();
    }

    /** Whether a file is named as those are that an intake makes. */
    public static boolean isNameOfArrival(Path file) {
        return ArrivalNames.isOne(file.getFileName().toString());
    }

    /**
     * Takes one body and returns when it is on the disk.
     *
     * @param flow the flow's id
     * @param body the bytes, unpacked; read to the end but not closed
     * @return how many bytes the body had
     * @throws IntakeRefused if the body was not taken; nothing of it is left
     */
    public long take(String flow, BodyFormat format, InputStream body) throws IntakeRefused {
        if (!isFlowId(flow)) {
            throw new IntakeRefused(IntakeRefused.Reason.BAD_FLOW, "The path does not contain a valid id of a flow.");
        }
        IncomingBody counted = new IncomingBody(body, settings.maxBytes(), new RecordLengths(format, settings.maxRecord()));
        inboxOf(flow).take(format, counted);
        return counted.count();
    }

    /**
     * Lets go of the folder of a flow, which may be renamed then: what was appended is published, and bodies that are under
     * way are refused. For a minute, or until {@link #admit}, this flow gets no folder.
     */
    public void release(String flow) {
        released.put(flow, System.nanoTime());
        FlowInbox open = flows.remove(flow);
        if (open != null) {
            open.release();
        }
    }

    /** Takes bodies for a flow again. */
    public void admit(String flow) {
        released.remove(flow);
    }

    /** Finishes what is under way, publishes the open files and stops the threads. Takes nothing afterwards. */
    @Override
    public void close() throws IOException {
        closed = true;
        flows.values().forEach(FlowInbox::close);
        ownership.close();
    }

    private FlowInbox inboxOf(String flow) throws IntakeRefused {
        if (closed) {
            throw IntakeRefused.closed();
        }
        try {
            FlowInbox opened = flows.computeIfAbsent(flow, this::open);
            if (closed) {
                // close() may have passed before this one was there to be closed.
                opened.close();
                throw IntakeRefused.closed();
            }
            return opened;
        } catch (UncheckedIOException e) {
            throw IntakeRefused.notStored(e.getCause(), inbox);
        } catch (ReleasedException e) {
            throw IntakeRefused.released();
        }
    }

    private FlowInbox open(String flow) {
        Long since = released.get(flow);
        if (since != null && System.nanoTime() - since < RELEASED_NANOS) {
            throw new ReleasedException();
        }
        try {
            return new FlowInbox(inbox.resolve(flow), settings, disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flow gets another name just now. */
    private static final class ReleasedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private void settleLeftovers() throws IOException {
        try (Stream<Path> folders = Files.list(inbox)) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                if (Files.isDirectory(folder.resolve(InboxFolder.HIDDEN))) {
                    new CrashCleanup(new InboxFolder(folder, disk), disk).settle();
                }
            }
        }
    }

    /**
     * Says that one running program owns an inbox. A second one, started by mistake, would take the first one's unfinished
     * files for leftovers and lose records that the first one acknowledges.
     */
    private static final class InboxLock implements Closeable {

        private final FileChannel file;

        /** @throws IOException if another program, or another intake in this one, owns the inbox */
        InboxLock(Path inbox) throws IOException {
            file = PrivateFiles.open(inbox.resolve(".intake.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock() == null) {
                file.close();
                throw new IOException("Another running program accepts records into " + inbox
                        + ". Set a different gtm.data for each program");
            }
        }

        /** Gives the inbox up; the system does the same when the program ends in any way. */
        @Override
        public void close() throws IOException {
            file.close();
        }

        private FileLock lock() throws IOException {
            try {
                return file.tryLock();
            } catch (OverlappingFileLockException e) {
                return null;
            }
        }
    }
}
