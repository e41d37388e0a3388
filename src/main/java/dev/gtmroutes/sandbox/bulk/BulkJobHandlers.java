// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.checks.RequestRefusedException;
import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;
import dev.gtmroutes.sandbox.server.UrlEncoded;

/** Plays the calls of Salesloft's bulk jobs. */
public final class BulkJobHandlers {

    // As a vendor would, it keeps values, not bytes: 1.50 comes back as 1.5.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final Pattern ID = Pattern.compile("/bulk_jobs/([^/]+)");

    private final SimulatedBulkJobs jobs;

    public BulkJobHandlers(SimulatedBulkJobs jobs) {
        this.jobs = jobs;
    }

    /** Each by the name that the data know it by. */
    public Map<String, Handler> all() {
        return Map.of("create-bulk-job", this::create, "add-bulk-job-data", this::add, "update-bulk-job", this::update,
                "cancel-bulk-job", this::cancel, "bulk-jobs", this::list, "bulk-job", this::one,
                "bulk-job-data", arrival -> page(arrival,
                        (after, most) -> jobs.data(id(arrival), statuses(arrival), after, most)),
                "bulk-job-results", arrival -> page(arrival,
                        (after, most) -> jobs.results(id(arrival), statuses(arrival), after, most)));
    }

    private SandboxResponse create(Arrival arrival) {
        JsonNode body = read(arrival);
        return data(jobs.create(body.get("type").asText(), body.path("name").asText(null)));
    }

    private SandboxResponse add(Arrival arrival) {
        JsonNode records = read(arrival).get("data");
        // A job of which the sandbox knows nothing takes data too, and can be changed: so each template can be tried alone.
        if (jobs.knows(number(arrival))) {
            jobs.add(number(arrival), records);
        }
        return data(JsonNodeFactory.instance.objectNode().put("records", records.size()));
    }

    private SandboxResponse update(Arrival arrival) {
        JsonNode ready = read(arrival).path("ready_to_execute");
        if (!ready.isMissingNode() && !ready.asBoolean()) {
            throw new RequestRefusedException(422, "ready_to_execute", "only true is possible");
        }
        JsonNode name = read(arrival).path("name");
        if (!jobs.knows(number(arrival))) {
            return data(JsonNodeFactory.instance.objectNode().set("name", name));
        }
        if (name.isTextual()) {
            jobs.rename(id(arrival), name.asText());
        }
        return data(ready.isMissingNode() ? jobs.shown(id(arrival)) : jobs.start(id(arrival)));
    }

    private SandboxResponse cancel(Arrival arrival) {
        if (jobs.knows(number(arrival))) {
            jobs.cancel(id(arrival));
        }
        return SandboxResponse.json(204, "");
    }

    private SandboxResponse one(Arrival arrival) {
        return data(jobs.shown(id(arrival)));
    }

    private SandboxResponse list(Arrival arrival) {
        List<String> states = values(arrival, "state",
                List.of(SimulatedBulkJob.OPEN, SimulatedBulkJob.EXECUTING, SimulatedBulkJob.DONE));
        return page(arrival, (after, most) -> jobs.list(states, after, most));
    }

    private static List<String> statuses(Arrival arrival) {
        return values(arrival, "status", List.of(BulkRecord.PENDING, BulkRecord.SUCCESS, BulkRecord.ERROR, "retrying"));
    }

    /** The values of a filter; none = it is not there. */
    private static List<String> values(Arrival arrival, String filter, List<String> allowed) {
        List<String> values = UrlEncoded.query(arrival.request().uri()).getOrDefault(filter + "[]", List.of());
        if (!allowed.containsAll(values)) {
            throw new RequestRefusedException(422, filter, "must be one of: " + String.join(", ", allowed));
        }
        return values;
    }

    private static SandboxResponse data(JsonNode data) {
        return SandboxResponse.json(200, JsonNodeFactory.instance.objectNode().set("data", data).toString());
    }

    /** As Salesloft does, a page of more than 100 is silently one of 100, and a parameter that is unknown is ignored. */
    private static SandboxResponse page(Arrival arrival, BiFunction<Long, Long, List<ObjectNode>> entries) {
        Map<String, List<String>> query = UrlEncoded.query(arrival.request().uri());
        long after = number(query, "id[gt]", 0);
        long size = Math.max(1, Math.min(100, number(query, "per_page", 25)));
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        entries.apply(after, size).forEach(data::add);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("data", data);
        page.putObject("metadata").putObject("paging").put("per_page", size);
        return SandboxResponse.json(200, page.toString());
    }

    private static long number(Map<String, List<String>> query, String name, long otherwise) {
        String text = query.getOrDefault(name, List.of(Long.toString(otherwise))).get(0);
        if (!text.matches("-?\\d{1,18}")) {
            throw new RequestRefusedException(422, name, "must be a whole number");
        }
        return Long.parseLong(text);
    }

    private long id(Arrival arrival) {
        long id = number(arrival);
        if (!jobs.knows(id)) {
            throw new RequestRefusedException(404, "id", "unknown bulk job " + id);
        }
        return id;
    }

    /** -1 = not a number. */
    private static long number(Arrival arrival) {
        Matcher matcher = ID.matcher(arrival.request().path());
        return matcher.find() && matcher.group(1).matches("\\d{1,18}") ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static JsonNode read(Arrival arrival) {
        try {
            return MAPPER.readTree(arrival.body().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
