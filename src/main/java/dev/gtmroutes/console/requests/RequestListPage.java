// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.util.List;

import dev.gtmroutes.console.flows.FlowLine;

/**
 * What the page of the last requests shows.
 *
 * @param path      its path
 * @param line      the flow; null on the page of all flows, and for the responses of a flow
 * @param filter    which requests
 * @param flows     ids of flows that one can choose from; none on the page of a flow
 * @param vendors   titles of vendors that one can choose from
 * @param rows      the newest first
 * @param last      the number of the newest request that is shown; 0 if there is none
 * @param newest    the number of the newest request there is
 * @param waiting   how many new requests match that are not shown yet
 * @param matching  how many match, those included that are not shown for want of room
 * @param perMinute requests in the last minute
 * @param isKept    whether requests and responses can be opened
 * @param keepsRows whether the rows stay as the browser has them: nothing new is to be shown, and the program has forgotten
 *                  some of them
 */
public record RequestListPage(String path, FlowLine line, RequestFilter filter, List<String> flows, List<String> vendors,
        List<RequestRow> rows, long last, long newest, long waiting, int matching, long perMinute,
        boolean isKept, boolean keepsRows) {

    public List<RequestFilter.Choice> outcomes() {
        return RequestFilter.outcomes();
    }

    /** Whether this is the page of one flow. */
    public boolean isOfFlow() {
        return !path.equals("/requests");
    }

    /** Where the same part of the page is asked for again. */
    public String poll() {
        return address(filter.here(last)) + "&after=" + newest + "&rate=" + perMinute
                + (rows.isEmpty() ? "" : "&from=" + rows.get(rows.size() - 1).number());
    }

    /** The page with a row opened or closed. */
    public String toggle(RequestRow row) {
        return address(row.toggle());
    }

    public String pause() {
        return address(filter.pausedAt(last));
    }

    public String follow() {
        return address(filter.following());
    }

    /** The page with the new requests, what is open stays open. */
    public String showNew() {
        return address(filter.newest());
    }

    /** On the page of a flow, its path says which. */
    private String address(String query) {
        return path + "?" + query;
    }
}
