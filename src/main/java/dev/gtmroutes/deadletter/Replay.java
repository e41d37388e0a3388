// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;
import dev.gtmroutes.progress.InputProgress;

/**
 * Records on their way from the dead letters of a flow back to where they were rejected, in a file for each destination.
 * The mark that a file is being replayed is what decides: without it nothing has happened, with it the file will reach
 * the inbox, now or when {@link ReplayFiles} finishes what was interrupted.
 */
final class Replay implements Closeable {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final Map<InputProgress.DestinationKey, Part> parts = new LinkedHashMap<>();
    private final ReplayFiles spools;
    private final MarkFile marks;
    private final Disk disk;
    private long records;
    private long heldRecords;
    private long leftOut;

    Replay(ReplayFiles spools, MarkFile marks, Disk disk) {
        this.spools = spools;
        this.marks = marks;
        this.disk = disk;
    }

    /** Adds the record of a letter, unless something is in the way. */
    void take(DeadLetter letter, DeadLetterSelection choice, boolean held, Refusals refusals) throws IOException {
        String obstacle = letter.obstacle(held);
        if (obstacle == null) {
            add(letter);
        } else if (letter.state() == DeadLetterState.HELD && !held && choice.ids().isEmpty()) {
            leftOut++;
        } else {
            refusals.refused(letter.id(), obstacle);
        }
    }

    private void add(DeadLetter letter) throws IOException {
        Part part = parts.get(letter.only());
        if (part == null) {
            part = new Part();
            parts.put(letter.only(), part);
        }
        part.out.write(letter.record());
        part.out.write('\n');
        part.letters.add(letter.id());
        records++;
        heldRecords += letter.state() == DeadLetterState.HELD ? 1 : 0;
    }

    /** Returns when all records are in the inbox. */
    Replayed commit() throws IOException {
        for (Map.Entry<InputProgress.DestinationKey, Part> each : parts.entrySet()) {
            Part part = each.getValue();
            part.sync();
            // Before it is: if nobody can tell whether it was, the file has to stay until somebody can.
            part.marked = true;
            marks.replaying(part.name, each.getKey(), part.letters);
            spools.hand(part.name, each.getKey());
            marks.replayed(part.name);
        }
        return new Replayed(records, heldRecords, leftOut, parts.values().stream().map(each -> each.name).toList());
    }

    @Override
    public void close() throws IOException {
        for (Part each : parts.values()) {
            each.channel.close();
            if (!each.marked) {
                Files.deleteIfExists(each.path);
            }
        }
    }

    /** The records for one destination. */
    private final class Part {

        private final String name = "replay-" + STAMP.format(Instant.now()) + "-"
                + UUID.randomUUID().toString().substring(0, 8) + ".ndjson";
        private final LetterSet letters = new LetterSet();
        private final Path path = spools.path(name);
        private final FileChannel channel;
        private final OutputStream out;
        private boolean marked;

        private Part() throws IOException {
            disk.createFolder(path.getParent());
            channel = PrivateFiles.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        }

        private void sync() throws IOException {
            out.flush();
            disk.sync(channel);
            disk.syncFolder(path.getParent());
        }
    }
}
