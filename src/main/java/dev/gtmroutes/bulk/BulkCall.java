// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.api.ApiRequest;

/**
 * One request about a bulk job of Salesloft.
 *
 * @param kind    what is asked
 * @param request as the vendor API takes it
 * @param records how many records are in it
 */
record BulkCall(Kind kind, ApiRequest request, int records) {

    /** What is asked. */
    enum Kind {
        /** Is there an open job of this name? Asked before a job is created a second time. */
        FIND,
        CREATE,
        /** How is the job? */
        LOOK,
        UPLOAD,
        /** Which ids do the uploaded records have? */
        LIST,
        START,
        RESULTS,
        CANCEL
    }

    /** The most entries of a page of a list. */
    static final int PAGE = 100;
    /** The most records of one upload. */
    static final int MOST_RECORDS = 5000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOBS = "/bulk_jobs";

    static BulkCall find(long after) {
        return get(Kind.FIND, JOBS + "?state%5B%5D=open&per_page=" + PAGE + after(after));
    }

    static BulkCall create(String type, String name) {
        return send(Kind.CREATE, "POST", JOBS, JSON.createObjectNode().put("type", type).put("name", name).toString()
                .getBytes(StandardCharsets.UTF_8), 0);
    }

    static BulkCall look(String job) {
        return get(Kind.LOOK, path(job));
    }

    static BulkCall upload(String job, byte[] body, int records) {
        return send(Kind.UPLOAD, "POST", path(job) + "/job_data", body, records);
    }

    static BulkCall list(String job, long after) {
        return get(Kind.LIST, path(job) + "/job_data?per_page=" + PAGE + after(after));
    }

    static BulkCall start(String job) {
        return send(Kind.START, "PUT", path(job), "{\"ready_to_execute\":true}".getBytes(StandardCharsets.UTF_8), 0);
    }

    static BulkCall results(String job, long after) {
        return get(Kind.RESULTS, path(job) + "/results?per_page=" + PAGE + after(after));
    }

    static BulkCall cancel(String job) {
        return new BulkCall(Kind.CANCEL, ApiRequest.of("DELETE", path(job)), 0);
    }

    /** Whether it only asks what became of records. */
    boolean reads() {
        return kind == Kind.LOOK || kind == Kind.RESULTS;
    }

    /** The body of an upload. */
    static byte[] body(List<byte[]> parts) {
        byte[] start = "{\"data\":[".getBytes(StandardCharsets.UTF_8);
        int length = start.length + 1 + parts.stream().mapToInt(each -> each.length + 1).sum();
        ByteBuffer body = ByteBuffer.allocate(length).put(start);
        for (int i = 0; i < parts.size(); i++) {
            body.put(parts.get(i)).put((byte) (i < parts.size() - 1 ? ',' : ']'));
        }
        return body.put((byte) '}').array();
    }

    private static String path(String job) {
        return JOBS + "/" + URLEncoder.encode(job, StandardCharsets.UTF_8);
    }

    private static String after(long id) {
        return id == 0 ? "" : "&id%5Bgt%5D=" + id;
    }

    private static BulkCall get(Kind kind, String path) {
        return new BulkCall(kind, ApiRequest.get(path), 0);
    }

    private static BulkCall send(Kind kind, String method, String path, byte[] body, int records) {
        return new BulkCall(kind, ApiRequest.of(method, path).with("Accept", "application/json")
                .with("Content-Type", "application/json").withBody(body), records);
    }
}
