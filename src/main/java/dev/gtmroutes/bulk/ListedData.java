// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.bulk.spool.Hash;
import dev.gtmroutes.bulk.spool.SpooledRecord;

/** The data of a job that came with the last upload, as the vendor lists them: their ids, in the order of these. */
final class ListedData {

    private record Entry(long id, JsonNode record) {
    }

    private final JobWork work;
    private final List<Entry> entries = new ArrayList<>();
    private long last;

    ListedData(JobWork work) {
        this.work = work;
        begin();
    }

    /** Begins behind what was known before the upload. */
    void begin() {
        entries.clear();
        last = work.state().lastData;
    }

    /** @return whether there are no more, or none that are news */
    boolean add(JsonNode page) {
        int before = entries.size();
        for (JsonNode each : page) {
            long id = each.path("id").asLong();
            if (id > last) {
                last = id;
                entries.add(new Entry(id, each.path("record")));
            }
        }
        return page.size() < BulkCall.PAGE || entries.size() == before;
    }

    int size() {
        return entries.size();
    }

    /** The largest id that was listed. */
    long last() {
        return last;
    }

    /** No id is known for so many records. */
    List<Long> none(int count) {
        return new ArrayList<>(Collections.nCopies(count, 0L));
    }

    /**
     * Ids are given in the order of the upload, as far as anybody knows. So that is tried first, and checked: by the key, or
     * by the value where there is none. What does not fit is looked for among the others.
     *
     * @param chunk indices of the records that were uploaded, in their order
     * @param count of records from the first that was not sent before; some may not have been uploaded
     * @return      as many ids; 0 for a record whose id is not known
     */
    List<Long> ids(List<Integer> chunk, int count) throws IOException {
        List<Long> ids = none(count);
        int from = work.state().sent;
        BitSet used = new BitSet();
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < chunk.size(); i++) {
            SpooledRecord record = work.records().get(chunk.get(i));
            if (mark(record).equals(mark(entries.get(i).record))) {
                ids.set(chunk.get(i) - from, entries.get(i).id);
                used.set(i);
            } else {
                left.add(chunk.get(i));
            }
        }
        if (!left.isEmpty()) {
            Map<String, List<Long>> others = new HashMap<>();
            for (int i = used.nextClearBit(0); i < entries.size(); i = used.nextClearBit(i + 1)) {
                others.computeIfAbsent(mark(entries.get(i).record), key -> new ArrayList<>()).add(entries.get(i).id);
            }
            for (int each : left) {
                List<Long> found = others.getOrDefault(mark(work.records().get(each)), List.of());
                ids.set(each - from, found.isEmpty() ? 0L : found.remove(0));
            }
        }
        return ids;
    }

    private static String mark(SpooledRecord record) throws IOException {
        return record.key().isEmpty() ? Hash.ofValue(record.part()) : record.key();
    }

    private String mark(JsonNode record) {
        String key = work.key().of(record);
        return key.isEmpty() ? Hash.ofValue(record) : key;
    }
}
