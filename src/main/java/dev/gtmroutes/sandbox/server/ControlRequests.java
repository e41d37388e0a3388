// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.util.List;

import dev.gtmroutes.sandbox.bulk.BulkJobSettings;
import dev.gtmroutes.sandbox.exports.ExportSettings;
import dev.gtmroutes.sandbox.exports.SimulatedExports;
import dev.gtmroutes.sandbox.faults.CarriedOut;
import dev.gtmroutes.sandbox.faults.MisbehaviourJson;
import dev.gtmroutes.sandbox.faults.Misbehaviours;
import dev.gtmroutes.sandbox.lists.ListControl;
import io.vertx.core.http.HttpServerRequest;

/** Takes the requests that are about the sandbox itself: what it received, and how it is to misbehave. */
public final class ControlRequests {

    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int DEFAULT_LIMIT = 100;

    private final SandboxPages pages;
    private final RequestJournal journal;
    private final Misbehaviours misbehaviours;
    private final CarriedOut carriedOut;
    private final SimulatedExports exports;
    private final ExportSettings exportSettings;
    private final BulkJobSettings bulkJobs;
    private final ListControl lists;
    private final Replies replies;

    public ControlRequests(SandboxPages pages, RequestJournal journal, Misbehaviours misbehaviours, CarriedOut carriedOut,
            SimulatedExports exports, ExportSettings exportSettings, BulkJobSettings bulkJobs, ListControl lists,
            Replies replies) {
        this.pages = pages;
        this.journal = journal;
        this.misbehaviours = misbehaviours;
        this.carriedOut = carriedOut;
        this.exports = exports;
        this.exportSettings = exportSettings;
        this.bulkJobs = bulkJobs;
        this.lists = lists;
        this.replies = replies;
    }

    /** Whether a path is one of these. */
    public static boolean takes(String path) {
        return path.equals("/") || path.equals("/sandbox") || path.startsWith("/sandbox/");
    }

    public void handle(HttpServerRequest request, String path) {
        RequestBody.read(request, MAX_BODY_BYTES, body -> {
            SandboxResponse answer;
            try {
                answer = answer(request, path, body);
            } catch (IllegalArgumentException e) {
                answer = SandboxResponse.json(400, pages.error(e.getMessage()));
            }
            replies.send(request, answer, 0, 0);
        });
    }

    private SandboxResponse answer(HttpServerRequest request, String path, RequestBody body) {
        String method = request.method().name();
        if (ListControl.takes(path)) {
            String methods = ListControl.methods(path);
            return methods.contains(method) ? lists.answer(request, path) : wrongMethod(methods);
        }
        return switch (path) {
            case "/" -> method.equals("GET") ? index(request) : wrongMethod("GET");
            case "/sandbox/requests" -> requests(request, method);
            case "/sandbox/summary" -> method.equals("GET")
                    ? SandboxResponse.json(200, pages.summary(journal.summary())) : wrongMethod("GET");
            case "/sandbox/carried-out" -> carriedOut(request, method);
            case "/sandbox/exports" -> exports(request, method);
            case "/sandbox/bulk-jobs" -> bulkJobs(request, method);
            case "/sandbox/misbehave" -> misbehave(method, body);
            default -> SandboxResponse.json(404, pages.error("unknown page: see GET /"));
        };
    }

    private SandboxResponse index(HttpServerRequest request) {
        return SandboxResponse.json(200, pages.index("http://127.0.0.1:" + request.localAddress().port()));
    }

    private SandboxResponse requests(HttpServerRequest request, String method) {
        if (method.equals("DELETE")) {
            journal.forget();
            carriedOut.forget();
            return SandboxResponse.json(200, pages.summary(journal.summary()));
        }
        if (!method.equals("GET")) {
            return wrongMethod("DELETE, GET");
        }
        int limit = (int) parameter(request, "limit", DEFAULT_LIMIT, RequestJournal.MAX_REQUESTS);
        long since = parameter(request, "since", -1, Long.MAX_VALUE);
        return SandboxResponse.json(200, pages.requests(select(journal.requests(), limit, since)));
    }

    private SandboxResponse carriedOut(HttpServerRequest request, String method) {
        switch (method) {
            case "GET" -> {}
            case "PUT" -> {
                String attribute = request.getParam("by");
                if (attribute == null || attribute.isBlank()) {
                    throw new IllegalArgumentException("by must be the attribute that identifies records: ?by=id");
                }
                carriedOut.countBy(attribute);
            }
            default -> {
                return wrongMethod("GET, PUT");
            }
        }
        return SandboxResponse.json(200, pages.carriedOut(carriedOut.all()));
    }

    private SandboxResponse exports(HttpServerRequest request, String method) {
        switch (method) {
            case "GET" -> {}
            case "PUT" -> exportSettings.change(request);
            default -> {
                return wrongMethod("GET, PUT");
            }
        }
        return SandboxResponse.json(200, exports.jobs().toString());
    }

    private SandboxResponse bulkJobs(HttpServerRequest request, String method) {
        switch (method) {
            case "GET" -> {}
            case "PUT" -> bulkJobs.change(request);
            default -> {
                return wrongMethod("GET, PUT");
            }
        }
        return SandboxResponse.json(200, bulkJobs.jobs());
    }

    // With since, the first ones after it, so that a reader can go on from there; without it, the newest.
    private static List<RecordedRequest> select(List<RecordedRequest> all, int limit, long since) {
        if (since < 0) {
            return all.subList(Math.max(0, all.size() - limit), all.size());
        }
        return all.stream().filter(request -> request.sequence() > since).limit(limit).toList();
    }

    private static long parameter(HttpServerRequest request, String name, long otherwise, long most) {
        String text = request.getParam(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > most) {
            throw new IllegalArgumentException(name + " must be a whole number from 0"
                    + (most == Long.MAX_VALUE ? "" : " to " + most));
        }
        return Long.parseLong(text);
    }

    private SandboxResponse misbehave(String method, RequestBody body) {
        switch (method) {
            case "GET" -> {}
            case "DELETE" -> misbehaviours.clear();
            case "POST" -> {
                if (body.tooLong()) {
                    return SandboxResponse.json(413, pages.error("a misbehaviour must have at most "
                            + MAX_BODY_BYTES + " bytes"));
                }
                MisbehaviourJson.read(body.bytes(), misbehaviours);
            }
            default -> {
                return wrongMethod("DELETE, GET, POST");
            }
        }
        return SandboxResponse.json(200, pages.misbehaviours(misbehaviours.waiting(), misbehaviours.latencyMs()));
    }

    private SandboxResponse wrongMethod(String allowed) {
        return SandboxResponse.json(405, pages.error("this page supports " + allowed)).with("Allow", allowed);
    }
}
