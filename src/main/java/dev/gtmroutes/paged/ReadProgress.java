// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How far the reads of a flow are. One read goes through all pages; the next one asks for what is new since.
 *
 * @param order     what is read, as text: with another one everything begins anew
 * @param begun     when the read under way began; null between two
 * @param offset    how many records of it are behind the sink
 * @param pages     how many pages these were
 * @param total     how many records all pages have, as the last one said; -1 as long as none did
 * @param since     the read under way asks for what is new since this day; null for all, or between two
 * @param watermark what People.ai knew before this day is behind the sink; null as long as the first read goes on
 * @param ended     when the last read ended; null if none did
 * @param page      the page behind the offset, whose records are on the disk because the sink has not accepted them yet;
 *                  null if there is none
 */
record ReadProgress(String order, Instant begun, long offset, long pages, long total, LocalDate since,
        LocalDate watermark, Instant ended, Page page) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A page that People.ai has answered with.
     *
     * @param records how many it has, the ones that the sink has seen before included
     * @param total   how many records all pages have; -1 if the page does not say so
     */
    record Page(int records, long total) {

        static Page of(ActivityPage page) {
            return new Page(page.records().size(), page.total());
        }
    }

    /** Nothing was read. */
    static ReadProgress none(ReadOrder order) {
        return new ReadProgress(order.toString(), null, 0, 0, -1, null, null, null, null);
    }

    /** A read begins at its first page. @param overlapDays how many days before the watermark are read once more */
    ReadProgress begin(Instant now, int overlapDays) {
        return new ReadProgress(order, now.truncatedTo(ChronoUnit.SECONDS), 0, 0, -1, next(overlapDays), watermark,
                ended, null);
    }

    /**
     * The same, unless the read under way would ask for another list from now on, in which its offset means nothing:
     * then it is to begin anew.
     */
    ReadProgress with(int overlapDays) {
        return begun == null || Objects.equals(since, next(overlapDays)) ? this
                : new ReadProgress(order, null, 0, 0, -1, null, watermark, null, null);
    }

    /** The same, with a page whose records are on the disk; null for none. */
    ReadProgress withPage(Page kept) {
        return new ReadProgress(order, begun, offset, pages, total, since, watermark, ended, kept);
    }

    private LocalDate next(int overlapDays) {
        return watermark == null ? null : watermark.minusDays(overlapDays);
    }

    /**
     * A page is behind the sink. Where the total is less than before, records were deleted, and those behind them moved up:
     * as many may have moved past the beginning of this page unread, so the next page begins that much before it.
     */
    ReadProgress accepted(Page accepted, Instant now) {
        long moved = total < 0 || accepted.total() < 0 ? 0 : Math.max(0, total - accepted.total());
        long next = moved > 0 ? Math.max(0, offset - moved) : offset + accepted.records();
        boolean over = moved == 0 && (accepted.records() == 0 || accepted.total() >= 0 && next >= accepted.total());
        return over ? new ReadProgress(order, null, 0, 0, -1, null, LocalDate.ofInstant(begun, ZoneOffset.UTC), now,
                null)
                : new ReadProgress(order, begun, next, pages + 1, accepted.total(), since, watermark, ended, null);
    }

    /** Whether a page has to be read now. @param period the time from the end of a read to the next; zero for one read */
    boolean isDue(Duration period, Instant now) {
        return begun != null || ended == null || !period.isZero() && !now.isBefore(ended.plus(period));
    }

    /** @return its JSON, for people too */
    byte[] write() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("order", order);
        json.put("begun", text(begun));
        json.put("offset", offset);
        json.put("pages", pages);
        json.put("total", total);
        json.put("since", text(since));
        json.put("watermark", text(watermark));
        json.put("ended", text(ended));
        if (page != null) {
            json.putObject("page").put("records", page.records()).put("total", page.total());
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    /** @throws IOException if it is no progress */
    static ReadProgress read(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new ReadProgress(json.required("order").asText(), time(json.required("begun")),
                    json.required("offset").asLong(), json.required("pages").asLong(), json.required("total").asLong(),
                    day(json.path("since")), day(json.required("watermark")), time(json.required("ended")),
                    page(json.path("page")));
        } catch (RuntimeException e) {
            throw new IOException("the file is not the progress of a read: " + e.getMessage(), e);
        }
    }

    private static Page page(JsonNode page) {
        return page.isObject() ? new Page(page.required("records").asInt(), page.required("total").asLong()) : null;
    }

    private static LocalDate day(JsonNode text) {
        return text.textValue() == null ? null : LocalDate.parse(text.textValue());
    }

    private static Instant time(JsonNode text) {
        return text.isNull() ? null : Instant.parse(text.asText());
    }

    private static String text(Object time) {
        return time == null ? null : time.toString();
    }
}
