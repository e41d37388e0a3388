// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A window as it stands in the state document: for the next run of the program, and for a person. */
record WindowNote(ExportType type, Days days, ExportWindow.State state, String job, String jobState, Instant created,
        JobData data, Instant progress, Instant completed, int replaced, int failures, Instant retryAt, String lastError,
        List<String> lostJobs) {

    /** @throws RuntimeException if something is missing or is no value of its kind */
    static ExportWindow read(JsonNode json) {
        List<String> lost = new ArrayList<>();
        json.path("lostJobs").forEach(each -> lost.add(each.asText()));
        ExportWindow.State state = ExportWindow.State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT));
        WindowNote note = new WindowNote(ExportType.of(json.path("type").asText()),
                new Days(LocalDate.parse(json.path("start").asText()), LocalDate.parse(json.path("end").asText())),
                state, json.path("job").asText(""), json.path("jobState").asText(""), instant(json.path("jobCreated")),
                state.compareTo(ExportWindow.State.DOWNLOADING) < 0 ? null : JobDataNote.read(json),
                instant(json.path("progress")), instant(json.path("jobCompleted")), json.path("replaced").asInt(),
                json.path("failures").asInt(),
                instant(json.path("retryAt")), json.path("lastError").asText(""), lost);
        ExportWindow window = new ExportWindow(note.type, note.days);
        window.restore(note);
        return window;
    }

    static void write(ExportWindow window, ObjectNode to) {
        to.put("type", window.type().toString()).put("start", window.days().first().toString())
                .put("end", window.days().last().toString()).put("state", window.state().toString())
                .put("job", window.job()).put("jobState", window.jobState())
                .put("jobCreated", text(window.created())).put("jobCompleted", text(window.completed()))
                .put("progress", text(window.progress()));
        if (window.data() != null) {
            JobDataNote.write(window.data().memory(), to);
        }
        to.put("replaced", window.replaced()).put("failures", window.failures()).put("retryAt", text(window.retryAt()))
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
                    + (window.data().fragments() - window.data().accepted()) + " of " + window.data().fragments()
                    + " are left";
            case CHECKING -> window.data().unreported() > 0
                    ? "wait for reports of " + window.data().unreported() + " fragments that other flows fetch"
                    : window.data().check() == SumCheck.NEXT ? "ask for fragment " + window.data().fragments() + " of job "
                            + window.job() + ", because " + missing(window.data())
                    : "fetch the fragments of job " + window.job() + " again, because " + missing(window.data());
            case INCOMPLETE -> window.job().isEmpty() ? "none: export these days in a flow with another id"
                    : window.retryAt() == null ? "none: People.ai no longer has the data of job " + window.job()
                    : "look for the missing data again at " + window.retryAt();
            case DELIVERED -> "none";
        };
    }

    private static String missing(JobData data) {
        return data.size() < 0 ? "People.ai does not say how many bytes it has"
                : data.sum() + " of " + data.size() + " bytes are here";
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static Instant instant(JsonNode text) {
        return text.isTextual() ? Instant.parse(text.asText()) : null;
    }
}
