// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Counts per minute and per hour in the {@link HistoryFile}. One thread adds, any number of threads reads. */
final class SliceStore {

    /** What is counted for all flows together stands under the id that no flow has. */
    static final String ALL = "";

    /** With a disk that is full for long, counts of this many blocks wait for it. */
    private static final int MOST_UNSAVED = 20_000;

    private final HistoryFile file;
    /** What was added since the last success, by the keys of blocks. */
    private final Map<String, SliceBlock> unsaved = new TreeMap<>();

    SliceStore(HistoryFile file) {
        this.file = file;
    }

    /** Counts what a flow did just now. */
    void add(String flow, Instant now, Slice slice) {
        for (Grain grain : Grain.values()) {
            long number = grain.number(now);
            for (String each : new String[] {flow, ALL}) {
                String key = grain.key(grain.block(number), each);
                if (unsaved.size() < MOST_UNSAVED || unsaved.containsKey(key)) {
                    unsaved.computeIfAbsent(key, none -> new SliceBlock()).add(grain.slot(number), slice);
                }
            }
        }
    }

    /** Adds what has to be written. */
    void changes(Map<String, byte[]> changes) {
        unsaved.forEach((key, added) -> {
            SliceBlock block = SliceBlock.of(file.get(key));
            block.addAll(added);
            changes.put(key, block.bytes());
        });
    }

    /** Adds what gives the counts of flows to other ones. @param names of these, by the names before */
    void rename(Map<String, String> names, Map<String, byte[]> changes) {
        for (Grain grain : Grain.values()) {
            for (String key : file.keys(grain.first(), grain::isOne)) {
                String name = names.get(Grain.flow(key));
                if (name != null) {
                    String other = grain.key(Grain.block(key), name);
                    SliceBlock block = SliceBlock.of(file.get(other));
                    block.addAll(SliceBlock.of(file.get(key)));
                    changes.put(other, block.bytes());
                    changes.put(key, null);
                }
            }
        }
    }

    /** What was added is in the file. */
    void saved() {
        unsaved.clear();
    }

    /**
     * Hands over what was done in each span from one to another, oldest first; spans without anything are left out.
     *
     * @param flow null for all flows together
     */
    void read(Grain grain, String flow, long from, long until, BiConsumer<Long, Slice> reader) {
        Map<Long, SliceBlock> blocks = new HashMap<>();
        for (long number = from; number < until; number++) {
            Slice slice = blocks.computeIfAbsent(grain.block(number), block -> SliceBlock.of(
                    file.get(grain.key(block, flow == null ? ALL : flow)))).get(grain.slot(number));
            if (slice != null) {
                reader.accept(number, slice);
            }
        }
    }
}
