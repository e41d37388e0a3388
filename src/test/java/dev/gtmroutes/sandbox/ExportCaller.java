// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Calls the export API the way any HTTP client would. */
public final class ExportCaller {

    private final Sandbox sandbox;

    public ExportCaller(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl("people-ai-pull") + "/export/activities/jobs" + path))
                .header("Authorization", "Bearer sandbox-token").header("Content-Type", "application/json");
    }

    public HttpResponse<String> start(String exportType, String from, String to) {
        return start("all", exportType, from, to);
    }

    public HttpResponse<String> start(String activityType, String exportType, String from, String to) {
        return post(new JsonMapper().createObjectNode().put("start_date", from).put("end_date", to)
                .put("activity_type", activityType).put("output_format", "JSONLines").put("export_type", exportType)
                .toString());
    }

    public HttpResponse<String> post(String body) {
        return Caller.send(to("").POST(BodyPublishers.ofString(body)));
    }

    /** Starts a delta of a week that is taken. @return its id */
    public String started() {
        return Caller.json(start("delta", "2025-01-01", "2025-01-07")).get("job_id").textValue();
    }

    public HttpResponse<String> get(String path) {
        return Caller.send(to(path).GET());
    }

    public JsonNode job(String id) {
        return Caller.json(get("/" + id));
    }

    public String state(String id) {
        return job(id).path("state").textValue();
    }
}
