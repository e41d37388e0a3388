package dev.gtmroutes.inbox;

import java.util.BitSet;
import java.util.stream.Collectors;

/** Many numbers as little text: ranges with both ends included, such as {@code 0-1199 1300-1399}. */
public final class Ranges {

    private Ranges() {
    }

    /** The ranges, separated by a blank; no text for no numbers. */
    public static String text(BitSet numbers) {
        return numbers.stream().filter(each -> each == 0 || !numbers.get(each - 1))
                .mapToObj(from -> from + "-" + (numbers.nextClearBit(from) - 1)).collect(Collectors.joining(" "));
    }

    /** @throws RuntimeException if this is not what {@link #text} makes */
    public static BitSet parse(String text) {
        BitSet numbers = new BitSet();
        for (String each : text.isBlank() ? new String[0] : text.split(" ")) {
            String[] ends = each.split("-");
            numbers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        }
        return numbers;
    }
}
