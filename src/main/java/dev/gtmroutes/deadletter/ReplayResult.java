// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.inbox.ReplayHandover;

/**
 * What came of a record that was replayed.
 *
 * @param state what is known of it
 * @param again the dead letter that it became, if it is {@link State#AGAIN}; otherwise null
 */
public record ReplayResult(State state, DeadLetter again) {

    /** How far it is. */
    public enum State {
        /** Its flow has not finished it. */
        WAITING,
        /** Its flow has finished it, and it is no dead letter: it was delivered, or a step of the flow dropped it. */
        FINISHED,
        /** Its destination has saved it, and tells later what became of it. */
        SAVED,
        /** It is a dead letter again. */
        AGAIN,
        /** Its file is gone, so that nothing is known. */
        UNKNOWN
    }

    /** How much of the dead letters since the replay is read to find the record among them. */
    private static final long MOST_BYTES = 64 << 20;

    /**
     * @param replay     what was done with the letter: it was handed to its flow
     * @param isDeferred whether its destination only saves records, and tells their outcomes later
     */
    public static ReplayResult of(Path data, String flow, FoundLetter.Deed replay, boolean isDeferred)
            throws IOException {
        ReplayHandover handover = new ReplayHandover(data, new Disk());
        if (handover.isWaiting(flow, replay.file())) {
            return new ReplayResult(State.WAITING, null);
        }
        // In this order: what the flow has finished is a dead letter by then, if it becomes one.
        boolean isDone = handover.isDone(flow, replay.file());
        if (replay.line() == 0 || replay.time() == null) {
            return new ReplayResult(State.UNKNOWN, null);
        }
        Search search = new Search(DeadLetterFile.folder(data, flow), replay);
        Optional<DeadLetter> again = search.find();
        State finished = isDeferred ? State.SAVED : State.FINISHED;
        return again.map(each -> new ReplayResult(State.AGAIN, each))
                .orElse(new ReplayResult(isDone && search.isComplete() ? finished : State.UNKNOWN, null));
    }

    /** Looks through the dead letters that were written since. */
    private static final class Search {

        private final Path folder;
        private final FoundLetter.Deed replay;
        private final byte[] name;
        private long left = MOST_BYTES;

        private Search(Path folder, FoundLetter.Deed replay) {
            this.folder = folder;
            this.replay = replay;
            this.name = replay.file().getBytes(StandardCharsets.UTF_8);
        }

        private boolean isComplete() {
            return left > 0;
        }

        private Optional<DeadLetter> find() throws IOException {
            LocalDate day = LocalDate.ofInstant(replay.time(), ZoneOffset.UTC);
            for (DeadLetterFile each : DeadLetterFile.in(folder)) {
                Optional<DeadLetter> found = each.day().isBefore(day) ? Optional.empty() : find(each);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        private Optional<DeadLetter> find(DeadLetterFile file) throws IOException {
            try (LetterLines lines = new LetterLines(file.path(folder))) {
                for (byte[] each = lines.next(); each != null && isComplete(); each = lines.next()) {
                    left -= each.length;
                    if (hasName(each)) {
                        DeadLetter letter = DeadLetter.of(new LetterId(file, lines.number()), each, DeadLetter.Fate.OPEN,
                                null);
                        if (letter.sourceLine() == replay.line() && letter.sourceFile().endsWith(replay.file())) {
                            return Optional.of(letter);
                        }
                    }
                }
            } catch (NoSuchFileException e) {
                // It was deleted just now, for its age.
                left = 0;
            }
            return Optional.empty();
        }

        /** Few lines do, and only those are worth to be parsed. */
        private boolean hasName(byte[] line) {
            for (int i = 0; i <= line.length - name.length; i++) {
                int same = 0;
                while (same < name.length && line[i + same] == name[same]) {
                    same++;
                }
                if (same == name.length) {
                    return true;
                }
            }
            return false;
        }
    }
}
