// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.bulk;

import java.time.Duration;

import io.vertx.core.http.HttpServerRequest;

/** What {@code PUT /sandbox/bulk-jobs?executingMs=500} can set about Salesloft's bulk jobs. */
public final class BulkJobSettings {

    private final SimulatedBulkJobs jobs;

    public BulkJobSettings(SimulatedBulkJobs jobs) {
        this.jobs = jobs;
    }

    /** @throws IllegalArgumentException if there is no such setting, or not with this value */
    public void change(HttpServerRequest request) {
        if (request.params().contains("historyRecords") && !request.params().contains("history")) {
            throw new IllegalArgumentException("historyRecords requires history");
        }
        request.params().forEach(each -> {
            if (!each.getValue().matches("\\d{1,9}")) {
                throw new IllegalArgumentException(each.getKey() + " must be a whole number from 0 to 999999999");
            }
        });
        request.params().forEach(each -> {
            int value = Integer.parseInt(each.getValue());
            switch (each.getKey()) {
                case "executingMs" -> jobs.take(Duration.ofMillis(value));
                case "stall" -> jobs.stall(value > 0);
                case "loseResults" -> jobs.loseResults(value);
                case "history" -> jobs.history(value, Integer.parseInt(request.getParam("historyRecords", "1")));
                case "historyRecords" -> {}
                default -> throw new IllegalArgumentException("unknown setting '" + each.getKey()
                        + "'. Allowed: executingMs, history, historyRecords, loseResults, stall");
            }
        });
    }

    /** Every job there is, as JSON. */
    public String jobs() {
        return jobs.jobs().toString();
    }
}
