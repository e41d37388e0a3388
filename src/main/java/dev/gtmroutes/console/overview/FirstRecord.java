// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.nio.charset.StandardCharsets;

import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.sandbox.server.RecordedRequest;

/**
 * How far a person is on the way to a first delivered record.
 *
 * @param flow        id of the sample flow
 * @param description what the flow does
 * @param record      the sample record, on one line
 * @param mayEdit     whether this person, and this program, can activate the flow
 * @param isActive    whether the flow runs
 * @param problem     why it does not run, although it was activated; empty if that is not so
 * @param isSent      whether it has received a record
 * @param request     its last request; null if there is none yet
 * @param received    what the sandbox received last from it; null if there is nothing yet
 */
public record FirstRecord(String flow, String description, String record, boolean mayEdit, boolean isActive,
        String problem, boolean isSent, RecentRequest request, RecordedRequest received) {

    /** Whether all is done. */
    public boolean isDelivered() {
        return request != null && request.isWell();
    }

    /** Whether the vendor refused it, or gave no response. */
    public boolean isFailed() {
        return request != null && !request.isWell();
    }

    /** The way of the request without its query; empty if it is not known. */
    public String line() {
        return received == null ? "" : received.method() + " " + received.path().split("\\?", 2)[0];
    }

    /** The body of the request, for people; empty if it is not known. */
    public String body() {
        return received == null ? ""
                : TruncatedText.json(new String(received.body(), StandardCharsets.UTF_8)).text();
    }
}
