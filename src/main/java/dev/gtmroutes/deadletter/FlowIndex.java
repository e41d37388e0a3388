package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.gtmroutes.delivery.DeadLetterFile;
import dev.gtmroutes.delivery.DeadLetterState;
import dev.gtmroutes.disk.Disk;

/**
 * Where the dead letters of one flow are, and which are open. It reads on where it was. It waits for nobody: a replay
 * under way is seen as far as its marks say.
 */
final class FlowIndex {

    /** Open lines of a file. */
    record OpenFile(DeadLetterFile file, List<FileIndex.Block> blocks, BitSet open) {
    }

    private final Path folder;
    private final TreeMap<DeadLetterFile, FileIndex> files = new TreeMap<>();
    private Marks marks;
    private long markBytes = -1;

    FlowIndex(Path data, String flow) {
        folder = DeadLetterFile.folder(data, flow);
    }

    /** How many are open, by state. */
    synchronized Map<DeadLetterState, Long> count() throws IOException {
        readOn();
        Map<DeadLetterState, Long> count = new EnumMap<>(DeadLetterState.class);
        for (DeadLetterState state : DeadLetterState.values()) {
            count.put(state, files.values().stream().mapToLong(each -> each.open(marks, state).cardinality()).sum());
        }
        return Map.copyOf(count);
    }

    /** Reads, newest first, what is there now. */
    synchronized NewestLetters newest(Choice choice) throws IOException {
        readOn();
        List<OpenFile> open = new ArrayList<>();
        files.descendingMap().forEach((file, index) -> {
            if (choice.mayBeIn(file)) {
                open.add(new OpenFile(file, index.blocks(), index.open(marks, choice.state())));
            }
        });
        return new NewestLetters(folder, open, choice, marks);
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
        return block.isEmpty() ? Optional.empty() : Optional.of(read(id, block.get()));
    }

    private FoundLetter read(LetterId id, FileIndex.Block block) throws IOException {
        try (LetterLines lines = new LetterLines(id.file().path(folder), block.start())) {
            byte[] line = lines.next();
            for (int i = block.first(); i < id.line(); i++) {
                line = lines.next();
            }
            DeadLetter.Fate fate = marks.fate(id);
            return new FoundLetter(DeadLetter.of(id, line, fate, marks.edit(id)),
                    DeadLetter.of(id, line, fate, null), marks.history(id));
        }
    }

    private void readOn() throws IOException {
        Prints prints = new Prints(folder);
        List<DeadLetterFile> now = DeadLetterFile.in(folder);
        boolean replaced = files.keySet().retainAll(now);
        for (DeadLetterFile each : now) {
            long bytes = Files.size(each.path(folder));
            FileIndex known = files.get(each);
            if (known != null && bytes == known.bytes()) {
                continue;
            }
            String print = prints.of(each);
            if (known == null || bytes < known.bytes() || !known.print().equals(print)) {
                replaced = true;
                known = new FileIndex(each, print);
                files.put(each, known);
            }
            known.readOn(folder);
        }
        MarkFile file = new MarkFile(folder, prints, new Disk());
        if (replaced || file.bytes() != markBytes) {
            markBytes = file.bytes();
            marks = file.read();
        }
    }
}
