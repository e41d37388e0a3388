package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.stream.Collectors;

/**
 * Which records of an inbox file already have an outcome, kept in {@code .<file>.progress} beside it when a flow
 * stops inside the file. Ranges of ordinals from 0, both ends included, such as {@code 0-1199 1300-1399}, behind the
 * size of the file they were counted in.
 */
final class Progress {

    private Progress() {
    }

    private static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".progress");
    }

    /** @return the settled records; none if there is no progress, or the file is not the one it was noted for */
    static BitSet read(Path file) throws IOException {
        BitSet settled = new BitSet();
        String[] words;
        try {
            words = Files.readString(beside(file)).strip().split(" ");
        } catch (NoSuchFileException e) {
            return settled;
        }
        if (Long.parseLong(words[0]) > Files.size(file)) {
            return settled;
        }
        for (int i = 1; i < words.length; i++) {
            String[] ends = words[i].split("-");
            settled.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        }
        return settled;
    }

    static void write(Path file, BitSet settled) throws IOException {
        String ranges = settled.stream().filter(each -> each == 0 || !settled.get(each - 1))
                .mapToObj(from -> from + "-" + (settled.nextClearBit(from) - 1)).collect(Collectors.joining(" "));
        Path partial = file.resolveSibling("." + file.getFileName() + ".progress.part");
        Files.writeString(partial, Files.size(file) + " " + ranges + "\n");
        Files.move(partial, beside(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void forget(Path file) throws IOException {
        Files.deleteIfExists(beside(file));
    }
}
