// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;

/** Bulk jobs as Salesloft has them, without a network. */
final class VendorInMemory {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/bulk_jobs(?:/(\\d+))?(/job_data|/results)?(\\?.*)?");

    final List<Job> jobs = new ArrayList<>();
    /** So many looks at a job until it is done. */
    int looksUntilDone = 2;
    boolean shuffled;
    boolean losesResult;
    /** Gives the first page of a list, whichever is asked for. */
    boolean ignoresAfter;
    boolean withoutIds;
    private long lastId = 100;

    static final class Job {
        final int id;
        final String name;
        final List<ObjectNode> data = new ArrayList<>();
        String state = "open";
        int looks;

        Job(int id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    ApiAnswer answer(ApiRequest request) {
        Matcher path = PATH.matcher(request.url());
        if (!path.matches()) {
            return status(404);
        }
        try {
            JsonNode body = request.body() == null ? null : JSON.readTree(request.body());
            if (path.group(1) == null) {
                return request.method().equals("POST") ? create(body) : list(request.url());
            }
            Job job = jobs.stream().filter(each -> each.id == Integer.parseInt(path.group(1))).findFirst().orElse(null);
            return job == null ? status(404) : of(job, path.group(2), request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiAnswer of(Job job, String part, ApiRequest request, JsonNode body) {
        if (part == null) {
            return switch (request.method()) {
                case "PUT" -> start(job);
                case "DELETE" -> ApiAnswer.status(204).build();
                default -> look(job);
            };
        }
        if (request.method().equals("POST")) {
            return add(job, body.get("data"));
        }
        boolean results = part.equals("/results");
        return results && !job.state.equals("done") ? data(JSON.createArrayNode())
                : page(job.data, after(request.url()), results && losesResult);
    }

    private ApiAnswer create(JsonNode body) {
        Job job = new Job(jobs.size() + 1, body.get("name").asText());
        jobs.add(job);
        return data(json(job));
    }

    private ApiAnswer list(String url) {
        ArrayNode open = JSON.createArrayNode();
        jobs.stream().filter(each -> each.state.equals("open") && each.id > after(url)).limit(100)
                .forEach(each -> open.add(json(each)));
        return data(open);
    }

    private ApiAnswer add(Job job, JsonNode records) {
        if (!job.state.equals("open") || records.size() > 5000) {
            return status(422);
        }
        for (JsonNode each : records) {
            if (each.path("refused").asBoolean()) {
                return status(422);
            }
        }
        List<JsonNode> all = new ArrayList<>();
        records.forEach(all::add);
        if (shuffled) {
            Collections.reverse(all);
        }
        all.forEach(each -> job.data.add(JSON.createObjectNode().put("id", ++lastId)
                .put("status", each.path("bad").asBoolean() ? "error" : "success")
                .put("error", each.path("bad").asBoolean() ? "is bad" : null).set("record", each)));
        return data(JSON.createObjectNode().put("records", records.size()));
    }

    private ApiAnswer start(Job job) {
        if (!job.state.equals("open")) {
            return status(422);
        }
        job.state = "executing";
        return data(json(job));
    }

    private ApiAnswer look(Job job) {
        if (job.state.equals("executing") && ++job.looks >= looksUntilDone) {
            job.state = "done";
        }
        return data(json(job));
    }

    private static ObjectNode json(Job job) {
        return JSON.createObjectNode().put("id", job.id).put("name", job.name).put("state", job.state)
                .put("total", job.data.size()).put("processed", job.state.equals("done") ? job.data.size() : 0);
    }

    private ApiAnswer page(List<ObjectNode> all, long after, boolean withoutLast) {
        ArrayNode page = JSON.createArrayNode();
        all.stream().limit(withoutLast ? all.size() - 1 : all.size()).filter(each -> each.get("id").asLong() > after)
                .limit(100).forEach(each -> page.add(withoutIds ? each.deepCopy().without("id") : each));
        return data(page);
    }

    private long after(String url) {
        Matcher after = Pattern.compile("id%5Bgt%5D=(\\d+)").matcher(url);
        return !ignoresAfter && after.find() ? Long.parseLong(after.group(1)) : 0;
    }

    private static ApiAnswer data(JsonNode data) {
        return ApiAnswer.status(200).body(JSON.createObjectNode().set("data", data).toString()
                .getBytes(StandardCharsets.UTF_8)).build();
    }

    static ApiAnswer status(int status) {
        return ApiAnswer.status(status).body("{\"error\":\"no\"}".getBytes(StandardCharsets.UTF_8)).build();
    }
}
