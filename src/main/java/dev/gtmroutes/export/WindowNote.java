// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A window as it stands in the state document: for the next run of the program, and for a person. */
record WindowNote(ExportType type, Days days, ExportWindow.State state, String job, String jobState, Instant created,
        long size, int fragments, boolean cut, BitSet done, long bytes, long records, int failures, Instant retryAt,
        String lastError, List<String> lostJobs) {

    /** @throws RuntimeException if something is missing or is no value of its kind */
    static ExportWindow read(JsonNode json) {
        BitSet done = new BitSet();
        json.path("done").forEach(each -> done.set(each.asInt()));
        List<String> lost = new ArrayList<>();
        json.path("lostJobs").forEach(each -> lost.add(each.asText()));
        WindowNote note = new WindowNote(ExportType.of(json.path("type").asText()),
                new Days(LocalDate.parse(json.path("start").asText()), LocalDate.parse(json.path("end").asText())),
                ExportWindow.State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
                json.path("job").asText(""), json.path("jobState").asText(""), instant(json.path("jobCreated")),
                json.path("resultsSize").asLong(), json.path("fragments").asInt(), json.path("cut").asBoolean(), done,
                json.path("bytes").asLong(), json.path("records").asLong(), json.path("failures").asInt(),
                instant(json.path("retryAt")),
                json.path("lastError").asText(""), lost);
        ExportWindow window = new ExportWindow(note.type, note.days);
        window.restore(note);
        return window;
    }

    static void write(ExportWindow window, ObjectNode to) {
        to.put("type", window.type().toString()).put("start", window.days().first().toString())
                .put("end", window.days().last().toString()).put("state", window.state().toString())
                .put("job", window.job()).put("jobState", window.jobState())
                .put("jobCreated", window.created() == null ? null : window.created().toString())
                .put("resultsSize", window.size()).put("fragments", window.fragments()).put("cut", window.isCut());
        ArrayNode done = to.putArray("done");
        window.done().stream().forEach(done::add);
        to.put("bytes", window.bytes()).put("records", window.records()).put("failures", window.failures())
                .put("retryAt", window.retryAt() == null ? null : window.retryAt().toString())
                .put("nextAction", nextAction(window)).put("lastError", window.lastError());
        ArrayNode lost = to.putArray("lostJobs");
        window.lostJobs().forEach(lost::add);
    }

    /** Says to a person what will be done next for a window. */
    static String nextAction(ExportWindow window) {
        return switch (window.state()) {
            case WAITING -> "start a job" + (window.retryAt() == null ? " when its last day is over and a job is free"
                    : ", not before " + window.retryAt());
            case QUEUED, RUNNING -> "ask for the state of job " + window.job();
            case DOWNLOADING -> "fetch fragments of job " + window.job() + ", "
                    + (window.fragments() - window.done().cardinality()) + " of " + window.fragments() + " are left";
            case DELIVERED -> "none";
        };
    }

    private static Instant instant(JsonNode text) {
        return text.isTextual() ? Instant.parse(text.asText()) : null;
    }
}
