package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

import dev.gtmroutes.delivery.Settled;

/**
 * Which records of an inbox file already have an outcome, kept in {@code .<file>.progress} beside it when a flow
 * stops inside the file: the size of the file, then a line for each destination with ranges of ordinals from 0, both
 * ends included, such as {@code calls~1-delivery 0-1199 1300-1399}.
 */
final class Progress {

    private Progress() {
    }

    private static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".progress");
    }

    /** @return the settled records; none if there is no progress, or the file is not the one it was noted for */
    static Settled read(Path file) throws IOException {
        Settled settled = new Settled();
        List<String> lines;
        try {
            lines = Files.readAllLines(beside(file));
        } catch (NoSuchFileException e) {
            return settled;
        }
        if (Long.parseLong(lines.get(0)) > Files.size(file)) {
            return settled;
        }
        for (String each : lines.subList(1, lines.size())) {
            String[] words = each.split(" ");
            settled.put(words[0], ordinals(words));
        }
        return settled;
    }

    private static BitSet ordinals(String[] words) {
        BitSet ordinals = new BitSet();
        for (int i = 1; i < words.length; i++) {
            String[] ends = words[i].split("-");
            ordinals.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        }
        return ordinals;
    }

    static void write(Path file, Settled settled) throws IOException {
        StringBuilder text = new StringBuilder().append(Files.size(file)).append('\n');
        settled.all().forEach((destination, ordinals) -> text.append(destination).append(' ').append(ranges(ordinals))
                .append('\n'));
        Path partial = file.resolveSibling("." + file.getFileName() + ".progress.part");
        Files.writeString(partial, text);
        Files.move(partial, beside(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String ranges(BitSet ordinals) {
        return ordinals.stream().filter(each -> each == 0 || !ordinals.get(each - 1))
                .mapToObj(from -> from + "-" + (ordinals.nextClearBit(from) - 1)).collect(Collectors.joining(" "));
    }

    static void forget(Path file) throws IOException {
        Files.deleteIfExists(beside(file));
    }
}
