// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.record.ShapedRecord;

/** The batches of an input that are being filled, one for each group. */
final class OpenBatches {

    /** Groups that are not full are held until the end of the input, but no more bytes of them than this. */
    private static final long MOST_HELD_BYTES = 8_000_000;

    private static final class Open {

        private final List<ShapedRecord> records = new ArrayList<>();
        private long bytes;
    }

    private final Input chunk;
    private final int mostRecords;
    private final long mostBytes;
    private final Map<String, Open> groups = new LinkedHashMap<>();
    /** The group in which the last record with a value of orderBy waits. */
    private final Map<String, String> groupOfOrder = new HashMap<>();
    private long heldBytes;

    /** @param mostBytes of all records of a batch, the commas between them included; a larger record goes alone */
    OpenBatches(Input chunk, int mostRecords, long mostBytes) {
        this.chunk = chunk;
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** @return the batches that have to go now, in this order */
    List<Batch> add(ShapedRecord each) {
        List<Batch> full = new ArrayList<>(1);
        String group = each.group();
        if (each.order() != null) {
            String before = groupOfOrder.put(each.order(), group);
            if (before != null && !before.equals(group) && groups.containsKey(before)) {
                full.add(close(before));
            }
        }
        int bytes = each.part().length + 1;
        Open open = groups.get(group);
        if (open != null && open.bytes + bytes > mostBytes) {
            full.add(close(group));
            open = null;
        }
        if (open == null) {
            open = new Open();
            groups.put(group, open);
        }
        open.records.add(each);
        open.bytes += bytes;
        heldBytes += bytes;
        if (open.records.size() == mostRecords) {
            full.add(close(group));
        } else if (groups.size() > 1 && heldBytes > MOST_HELD_BYTES) {
            full.add(oldest());
        }
        return full;
    }

    /** @return the batch that was begun first; there is one */
    Batch oldest() {
        return close(groups.keySet().iterator().next());
    }

    private Batch close(String group) {
        Open open = groups.remove(group);
        heldBytes -= open.bytes;
        open.records.forEach(each -> groupOfOrder.remove(each.order(), group));
        return new Batch(chunk, open.records, true);
    }
}
