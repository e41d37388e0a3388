// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A call about jobs.
 *
 * @param kind   what is asked
 * @param window the window it is for; null for the list
 * @param path   under the pull API
 * @param body   null for none
 */
public record JobCall(Kind kind, ExportWindow window, String path, byte[] body) {

    /** Where jobs are, under the pull API. */
    public static final String JOBS = "/export/activities/jobs";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is asked. */
    enum Kind {
        LIST, STATE, START
    }

    /** All jobs of the last ten days. */
    static JobCall list() {
        return new JobCall(Kind.LIST, null, JOBS, null);
    }

    /** The state of a window's job. */
    static JobCall state(ExportWindow window) {
        return new JobCall(Kind.STATE, window, JOBS + "/" + window.job(), null);
    }

    /** Starts a job for a window. */
    static JobCall start(ExportWindow window, String activityType) {
        String body = JSON.createObjectNode().put("start_date", window.days().first().toString())
                .put("end_date", window.days().last().toString()).put("activity_type", activityType)
                .put("output_format", ExportJob.FORMAT).put("export_type", window.type().toString()).toString();
        return new JobCall(Kind.START, window, JOBS, body.getBytes(StandardCharsets.UTF_8));
    }

    String method() {
        return kind == Kind.START ? "POST" : "GET";
    }

    /** For a person. */
    @Override
    public String toString() {
        return switch (kind) {
            case LIST -> "the list of jobs";
            case STATE -> "the state of job " + window.job();
            case START -> "a job for " + window.name();
        };
    }
}
