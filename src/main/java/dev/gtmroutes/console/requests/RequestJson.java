// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gtmroutes.delivery.status.RecentRequest;

/**
 * A request that was made. Neither its body nor its headers are here.
 *
 * @param number    1 for the first one since the program's start, and so on
 * @param at        when its response came, or was given up
 * @param flow      id of the flow
 * @param template  name of the template
 * @param method    of HTTP
 * @param url       where it went, with secrets hidden; for viewers without its query
 * @param requestId equal for all attempts of the request, as dead letters and response events have it; empty for none
 * @param status    HTTP status of the response; 0 where none came, -1 where the request could not be made
 * @param isWell    whether its destination took it
 * @param records   how many were in it
 * @param delivered those that the destination took
 * @param rejected  those that went to the dead letters and had no effect
 * @param held      those that went to the dead letters although the API may have processed them
 * @param retrying  those that are sent again
 * @param attempt   1 for the first time it was sent
 * @param millis    from sending it to its response; waiting for a rate is part of it
 */
public record RequestJson(long number, Instant at, String flow, String template, String method, String url, String requestId,
        int status, @JsonProperty("well") boolean isWell, int records, int delivered, int rejected, int held, int retrying,
        int attempt, long millis) {

    static RequestJson of(RecentRequest request, ShownRequests shown) {
        return new RequestJson(request.number(), request.at(), request.flow(), request.template(), request.call().method(),
                shown.url(request), request.call().id(), request.status(), request.isWell(),
                request.records(), request.result().delivered(), request.result().rejected(), request.result().held(),
                request.result().again(), request.attempt(), request.millis());
    }
}
