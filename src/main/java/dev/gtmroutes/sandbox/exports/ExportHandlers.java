// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.checks.RequestRefusedException;
import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;
import dev.gtmroutes.sandbox.server.UrlEncoded;

/** Plays the calls of People.ai's export API. */
public final class ExportHandlers {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String JOBS = "/jobs/";

    private final SimulatedExports exports;
    private final Downloads downloads;
    private final ExportFaults faults;

    public ExportHandlers(SimulatedExports exports, Downloads downloads, ExportFaults faults) {
        this.faults = faults;
        this.exports = exports;
        this.downloads = downloads;
    }

    /** Each by the name that the data know it by. */
    public Map<String, Handler> all() {
        return Map.of("start-export", this::start, "exports", this::list, "export", this::one, "export-data", this::data,
                "export-fragment", this::data);
    }

    private SandboxResponse start(Arrival arrival) {
        return SandboxResponse.json(200, said(exports.start(ExportRequest.of(read(arrival.body().bytes())))));
    }

    private SandboxResponse list(Arrival arrival) {
        return SandboxResponse.json(200, said(exports.jobs()));
    }

    private SandboxResponse one(Arrival arrival) {
        return SandboxResponse.json(200, said(exports.shown(id(arrival))));
    }

    private String said(JsonNode jobs) {
        jobs.forEach(each -> {
            if (each instanceof ObjectNode job) {
                faults.say(job);
            }
        });
        return (jobs instanceof ObjectNode job ? faults.say(job) : jobs).toString();
    }

    private SandboxResponse data(Arrival arrival) {
        SimulatedExportJob job = exports.job(id(arrival));
        if (!job.state().equals(SimulatedExportJob.COMPLETED)) {
            throw new RequestRefusedException(409, "job_id", "the job is " + job.state() + ": there is no data to fetch");
        }
        boolean other = arrival.request().path().endsWith("/fragment");
        int fragment = fragment(arrival, job);
        if (other && fragment == Downloads.ANY) {
            throw new RequestRefusedException(400, "fragment", "the query parameter 'fragment' is missing");
        }
        if (faults.isMissing(other)) {
            throw new RequestRefusedException(404, "job_id", "there is no data of the job here");
        }
        return SandboxResponse.streamed("application/x-ndjson", downloads.stream(job, fragment, faults.isMarked()));
    }

    private static int fragment(Arrival arrival, SimulatedExportJob job) {
        List<String> asked = UrlEncoded.query(arrival.request().uri()).get("fragment");
        if (asked == null) {
            return Downloads.ANY;
        }
        if (!asked.get(0).matches("\\d{1,9}")) {
            throw new RequestRefusedException(400, "fragment",
                    "the query parameter 'fragment' must be a whole number from 0");
        }
        int fragment = Integer.parseInt(asked.get(0));
        if (fragment >= job.fragments()) {
            throw new RequestRefusedException(404, "fragment", "unknown fragment " + fragment + ": the job has "
                    + job.fragments() + ", numbered from 0");
        }
        return fragment;
    }

    private static String id(Arrival arrival) {
        String path = arrival.request().path();
        return path.substring(path.indexOf(JOBS) + JOBS.length()).replaceFirst("/(data|fragment)$", "");
    }

    private static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            // The data of the endpoint have had the body checked already.
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
