// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Numbers from 0, such as the ordinals of records that are noted together: most of them stand in a row. Unlike a
 * {@link BitSet}, a few of them are as small and as quickly added where they stand high as where they stand low. Immutable.
 */
public final class Ranges {

    /** Where each range begins, and the number behind its end, ascending. */
    private final int[] bounds;

    private Ranges(int[] bounds) {
        this.bounds = bounds;
    }

    /** @param number makes numbers of the elements, each a greater one than the one before */
    public static <T> Ranges of(List<T> elements, ToIntFunction<T> number) {
        int[] numbers = new int[elements.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number.applyAsInt(elements.get(i));
        }
        return of(numbers);
    }

    /** @param numbers each greater than the one before */
    public static Ranges of(int... numbers) {
        int[] bounds = new int[2];
        int used = 0;
        for (int next : numbers) {
            if (used > 0 && bounds[used - 1] == next) {
                bounds[used - 1]++;
                continue;
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * used);
            }
            bounds[used++] = next;
            bounds[used++] = next + 1;
        }
        return new Ranges(Arrays.copyOf(bounds, used));
    }

    public static Ranges of(int number) {
        return new Ranges(new int[] {number, number + 1});
    }

    public static Ranges of(BitSet numbers) {
        IntStream.Builder bounds = IntStream.builder();
        int end;
        for (int from = numbers.nextSetBit(0); from >= 0; from = numbers.nextSetBit(end)) {
            end = numbers.nextClearBit(from);
            bounds.add(from).add(end);
        }
        return new Ranges(bounds.build().toArray());
    }

    /**
     * @param text what {@link #toString} makes
     * @throws RuntimeException if it is not
     */
    public static Ranges parse(String text) {
        String[] ranges = text.isBlank() ? new String[0] : text.split(" ");
        int[] bounds = new int[2 * ranges.length];
        for (int i = 0; i < ranges.length; i++) {
            String[] ends = ranges[i].split("-");
            bounds[2 * i] = Integer.parseInt(ends[0]);
            bounds[2 * i + 1] = Integer.parseInt(ends[1]) + 1;
        }
        return new Ranges(bounds);
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public void addTo(BitSet numbers) {
        for (int i = 0; i < bounds.length; i += 2) {
            numbers.set(bounds[i], bounds[i + 1]);
        }
    }

    void removeFrom(BitSet numbers) {
        for (int i = 0; i < bounds.length; i += 2) {
            numbers.clear(bounds[i], bounds[i + 1]);
        }
    }

    /** Little text: ranges with both ends included, such as {@code 0-1199 1300-1399}; none for no numbers. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : " ").append(bounds[i]).append('-').append(bounds[i + 1] - 1);
        }
        return text.toString();
    }
}
