// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.paged.page.Precision;

/** The progress of a read as JSON, for people too. A document of an earlier version lacks what it did not know. */
final class ProgressDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProgressDocument() {
    }

    /** @param precision of the times that changes are asked for by */
    static byte[] write(ReadProgress of, Precision precision) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("order", of.order());
        json.put("begun", text(of.begun()));
        json.put("offset", of.place().offset());
        json.put("start", of.place().start());
        json.put("number", of.place().number());
        json.put("pages", of.pages());
        json.put("total", of.place().total());
        json.put("since", text(of.since(), precision));
        json.put("watermark", text(of.watermark(), precision));
        json.put("asOf", text(of.asOf()));
        json.put("ended", text(of.ended()));
        json.put("next", of.place().next());
        json.put("moved", text(of.moved()));
        json.putObject("sweep").put("number", of.sweep().number()).put("news", of.sweep().news())
                .put("restarts", of.sweep().restarts()).put("restless", of.sweep().restless());
        of.trail().write(json.putObject("trail"));
        if (of.page() != null) {
            page(of.page(), json.putObject("page"));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    private static void page(ReadProgress.Page page, ObjectNode json) {
        json.put("records", page.records()).put("total", page.total()).put("next", page.next()).put("ends", page.ends())
                .put("size", page.size()).put("newest", text(page.newest())).put("lastId", page.lastId())
                .put("print", page.print());
    }

    /** @throws IOException if it is no progress */
    static ReadProgress read(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            long offset = json.required("offset").asLong();
            JsonNode sweep = json.path("sweep");
            return new ReadProgress(json.required("order").asText(), time(json.required("begun")),
                    new ReadProgress.Place(offset, json.path("start").asLong(offset), json.path("number").asLong(),
                            json.required("total").asLong(), json.path("next").textValue()),
                    json.required("pages").asLong(),
                    new ReadProgress.Sweep(sweep.path("number").asInt(1), sweep.path("news").asLong(1),
                            sweep.path("restarts").asInt(), sweep.path("restless").asBoolean()),
                    time(json.path("since")), time(json.required("watermark")), time(json.path("asOf")),
                    time(json.required("ended")), PageTrail.read(json.path("trail")), time(json.path("moved")),
                    page(json.path("page")));
        } catch (RuntimeException e) {
            throw new IOException("the file is not the progress of a read: " + e.getMessage(), e);
        }
    }

    private static ReadProgress.Page page(JsonNode page) {
        return page.isObject() ? new ReadProgress.Page(page.required("records").asInt(), page.required("total").asLong(),
                page.path("next").textValue(), page.path("ends").asBoolean(), page.path("size").asInt(),
                time(page.path("newest")), page.path("lastId").textValue(), page.path("print").asText("")) : null;
    }

    /** A day is its beginning. */
    private static Instant time(JsonNode text) {
        if (text.textValue() == null) {
            return null;
        }
        Instant time = Precision.time(text.textValue());
        if (time == null) {
            throw new IllegalArgumentException("'" + text.textValue() + "' is not a time");
        }
        return time;
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String text(Instant time, Precision precision) {
        return time == null ? null : precision.text(time);
    }
}
