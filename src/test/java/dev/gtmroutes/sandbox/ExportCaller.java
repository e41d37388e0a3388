package dev.gtmroutes.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Calls the export API the way any HTTP client would. */
final class ExportCaller {

    private final Sandbox sandbox;

    ExportCaller(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl("people-ai-pull") + "/export/activities/jobs" + path))
                .header("Authorization", "Bearer sandbox-token").header("Content-Type", "application/json");
    }

    HttpResponse<String> start(String exportType, String from, String to) {
        return start("all", exportType, from, to);
    }

    HttpResponse<String> start(String activityType, String exportType, String from, String to) {
        return post(new JsonMapper().createObjectNode().put("start_date", from).put("end_date", to)
                .put("activity_type", activityType).put("output_format", "JSONLines").put("export_type", exportType)
                .toString());
    }

    HttpResponse<String> post(String body) {
        return Caller.send(to("").POST(BodyPublishers.ofString(body)));
    }

    /** Starts a delta of a week that is taken. @return its id */
    String started() {
        return Caller.json(start("delta", "2025-01-01", "2025-01-07")).get("job_id").textValue();
    }

    HttpResponse<String> get(String path) {
        return Caller.send(to(path).GET());
    }

    JsonNode job(String id) {
        return Caller.json(get("/" + id));
    }

    String state(String id) {
        return job(id).path("state").textValue();
    }
}
