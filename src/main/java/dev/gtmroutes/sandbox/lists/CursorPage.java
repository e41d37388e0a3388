// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;

import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.SandboxResponse;

/**
 * One page of a list whose pages say where the next one is.
 *
 * @param page  its number, from 1
 * @param after the id before its first record
 * @param limit how many records were asked for
 */
record CursorPage(long page, long after, long limit) {

    /** It says the cursor of the next page. */
    SandboxResponse withCursor(SimulatedList list, ListRows rows) {
        List<SimulatedRecord> records = records(list, rows);
        String next = next(list, rows, records);
        return PagedBody.of(list, list.faults().ordered(records), "{\"data\":[",
                "],\"meta\":{\"next_cursor\":" + (next == null ? "null" : "\"" + next + "\"") + "}}");
    }

    /** It says the whole link to the next page. */
    SandboxResponse withLink(SimulatedList list, ListRows rows, Arrival arrival) {
        List<SimulatedRecord> records = records(list, rows);
        String next = next(list, rows, records);
        String link = next == null ? null : link(list, arrival) + "cursor=" + next;
        if (list.faults().isLinkInHeader()) {
            SandboxResponse response = PagedBody.of(list, list.faults().ordered(records), "{\"data\":[", "]}");
            return link == null ? response : response.with("Link", "<" + link + ">; rel=\"next\"");
        }
        return PagedBody.of(list, list.faults().ordered(records), "{\"data\":[",
                "],\"links\":{\"next\":" + (link == null ? "null" : "\"" + link + "\"") + "}}");
    }

    private List<SimulatedRecord> records(SimulatedList list, ListRows rows) {
        return list.faults().shortened(rows.from(0, list.faults().size(limit)), page == 1);
    }

    /** The cursor behind the last record; null = there is no more. */
    private String next(SimulatedList list, ListRows rows, List<SimulatedRecord> records) {
        if (rows.count() <= records.size()) {
            return null;
        }
        long last = records.isEmpty() ? after : list.form().firstId() + records.get(records.size() - 1).number();
        return "p" + (page + 1) + "-" + last;
    }

    private static String link(SimulatedList list, Arrival arrival) {
        String uri = arrival.request().uri();
        int query = uri.indexOf('?');
        String rest = query < 0 ? ""
                : ("&" + uri.substring(query + 1)).replaceAll("&cursor=[^&]*", "").replaceFirst("^&", "");
        return list.faults().link(arrival.request().authority().toString(), arrival.request().path())
                + "?" + rest + (rest.isEmpty() ? "" : "&");
    }
}
