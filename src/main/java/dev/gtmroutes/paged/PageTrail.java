// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.paged.page.PageRecord;
import dev.gtmroutes.sources.RecordKey;

/**
 * Which pages of a read came: enough to find out that an API does not page in the way in which it is asked, and gives the
 * same records again and again.
 *
 * @param furthest how many records, from the first one, were read without a gap
 * @param first    what the records of the first page are recognised by; empty if none came
 * @param last     what the records of the last page are recognised by; empty if none came
 * @param widest   the most records that a page had
 * @param unsteady whether a page had another total than the one before
 */
record PageTrail(long furthest, String first, String last, int widest, boolean unsteady) {

    static final PageTrail NONE = new PageTrail(0, "", "", 0, false);

    /** What these records are recognised by, whatever their order; empty for none. */
    static String print(List<PageRecord> records) {
        long high = 0;
        long low = 0;
        for (PageRecord each : records) {
            RecordKey key = each.print();
            high += key.high();
            low += key.low();
        }
        return records.isEmpty() ? "" : "%d-%016x%016x".formatted(records.size(), high, low);
    }

    /** With one page more. */
    PageTrail with(ReadProgress.Page page, ReadProgress.Place at) {
        boolean differs = at.total() >= 0 && page.total() >= 0 && at.total() != page.total();
        return new PageTrail(Math.max(furthest, at.start() + page.records()), at.start() == 0 ? page.print() : first,
                page.print(), Math.max(widest, page.records()), unsteady || differs);
    }

    /**
     * Whether a page that should hold nothing but records behind all others is the first or the last one again. After a step
     * back, or a crash, the records of a page may have come before.
     */
    boolean isRepeated(ReadProgress.Page page, long start) {
        return furthest > 0 && start >= furthest && !page.print().isEmpty()
                && (page.print().equals(first) || page.print().equals(last));
    }

    static PageTrail read(JsonNode json) {
        return new PageTrail(json.path("furthest").asLong(), json.path("first").asText(""), json.path("last").asText(""),
                json.path("widest").asInt(), json.path("unsteady").asBoolean());
    }

    void write(ObjectNode to) {
        to.put("furthest", furthest).put("first", first).put("last", last).put("widest", widest)
                .put("unsteady", unsteady);
    }
}
