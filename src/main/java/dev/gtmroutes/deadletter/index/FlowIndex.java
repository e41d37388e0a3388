// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.FileFingerprints;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterLines;
import dev.gtmroutes.deadletter.MarkFile;
import dev.gtmroutes.deadletter.Marks;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.disk.Disk;

/**
 * Where the dead letters of one flow are, and which are open. It reads on where it was. It waits for nobody: a replay
 * under way is seen as far as its marks say.
 */
final class FlowIndex {

    /** Chosen lines of a file. */
    record ChosenLines(DeadLetterFile file, List<FileIndex.Block> blocks, BitSet lines) {
    }

    private static final long UNREAD = -1;

    private final Path folder;
    private final TreeMap<DeadLetterFile, FileIndex> files = new TreeMap<>();
    private final GroupTable table;
    private Marks marks;
    /** How long the file of marks was when it was read. */
    private long markBytes = UNREAD;

    /** @param known reasons, of all flows */
    FlowIndex(Path data, String flow, KnownReasons known) {
        table = new GroupTable(known);
        folder = DeadLetterFile.folder(data, flow);
    }

    /** How many are open, by state. */
    synchronized Map<DeadLetterState, Long> count() throws IOException {
        readOn();
        Map<DeadLetterState, Long> count = new EnumMap<>(DeadLetterState.class);
        for (DeadLetterState state : DeadLetterState.values()) {
            count.put(state, files.values().stream().mapToLong(each -> each.groups().open(state)).sum());
        }
        return Map.copyOf(count);
    }

    /** Adds its letters up by reason. */
    synchronized void tally(String flow, GroupTally tally) throws IOException {
        readOn();
        files.forEach((file, index) -> tally.add(flow, file, index.groups()));
    }

    /** Reads, newest first, what is there now. */
    synchronized NewestLetters newest(DeadLetterSelection choice) throws IOException {
        readOn();
        int group = choice.group().isEmpty() ? -1 : table.number(choice.group());
        List<Map.Entry<DeadLetterFile, FileIndex>> chosen = new ArrayList<>();
        if (choice.group().isEmpty() || group >= 0) {
            files.descendingMap().forEach((file, index) -> {
                if (choice.mayBeIn(file) && index.groups().has(choice.fate(), group)) {
                    chosen.add(Map.entry(file, index));
                }
            });
        }
        // Those of older files are not looked for before somebody comes to them.
        return new NewestLetters(folder, chosen.stream()
                .map(each -> lines(each.getKey(), each.getValue(), choice, group)).iterator(), choice, marks);
    }

    private synchronized ChosenLines lines(DeadLetterFile file, FileIndex index, DeadLetterSelection choice, int group) {
        return new ChosenLines(file, index.blocks(), index.lines(choice.fate(), choice.state(), group));
    }

    /** One letter, open or not, with its history. */
    synchronized Optional<FoundLetter> find(LetterId id) throws IOException {
        readOn();
        FileIndex index = files.get(id.file());
        if (index == null) {
            return Optional.empty();
        }
        Optional<FileIndex.Block> block = index.blocks().stream()
                .filter(each -> each.first() <= id.line() && id.line() <= each.last()).findFirst();
        return block.isEmpty() ? Optional.empty() : read(id, block.get());
    }

    private Optional<FoundLetter> read(LetterId id, FileIndex.Block block) throws IOException {
        try (LetterLines lines = new LetterLines(id.file().path(folder), block.start())) {
            byte[] line = lines.next();
            for (int i = block.first(); i < id.line(); i++) {
                line = lines.next();
            }
            DeadLetter.Fate fate = marks.fate(id);
            return Optional.of(new FoundLetter(DeadLetter.of(id, line, fate, marks.edit(id)),
                    DeadLetter.of(id, line, fate, null), marks.history(id)));
        } catch (NoSuchFileException e) {
            // Somebody has deleted it just now.
            return Optional.empty();
        }
    }

    private void readOn() throws IOException {
        FileFingerprints prints = new FileFingerprints(folder);
        List<DeadLetterFile> now = DeadLetterFile.in(folder);
        for (DeadLetterFile each : List.copyOf(files.keySet())) {
            if (!now.contains(each)) {
                forget(each);
            }
        }
        for (DeadLetterFile each : now) {
            try {
                readOn(each, prints);
            } catch (NoSuchFileException e) {
                // Somebody has deleted it just now.
                forget(each);
            }
        }
        MarkFile file = new MarkFile(folder, prints, new Disk());
        long bytes = file.bytes();
        boolean isChanged = bytes != markBytes;
        if (isChanged) {
            marks = file.read();
            markBytes = bytes;
        }
        for (FileIndex each : files.values()) {
            if (isChanged || each.hasNewLines()) {
                each.close(marks);
            }
        }
    }

    private void forget(DeadLetterFile file) {
        FileIndex gone = files.remove(file);
        if (gone != null) {
            gone.groups().forget();
        }
        // The marks of this file are not those of a later one of its name.
        markBytes = UNREAD;
    }

    private void readOn(DeadLetterFile file, FileFingerprints prints) throws IOException {
        long bytes = Files.size(file.path(folder));
        FileIndex known = files.get(file);
        if (known != null && bytes == known.bytes()) {
            return;
        }
        String print = prints.of(file);
        if (known == null || bytes < known.bytes() || !known.print().equals(print)) {
            // At once: whatever fails from here on, this is another file.
            forget(file);
            known = new FileIndex(file, print, table);
            files.put(file, known);
        }
        known.readOn(folder);
    }
}
