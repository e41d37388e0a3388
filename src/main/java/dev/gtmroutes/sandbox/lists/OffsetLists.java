// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;

import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;

/** Plays People.ai's lists: offset and limit. What it does not know in a query it ignores. */
public final class OffsetLists implements Handler {

    private static final int REFUSED = 400;
    private static final long DEFAULT_LIMIT = 1000;
    private static final long LARGEST = 100_000;

    private final SimulatedLists lists;

    public OffsetLists(SimulatedLists lists) {
        this.lists = lists;
    }

    @Override
    public SandboxResponse answer(Arrival arrival) {
        return answer(lists.list(arrival.match().endpointName()), new ListParameters(arrival.request().uri(), REFUSED),
                DEFAULT_LIMIT, LARGEST);
    }

    static SandboxResponse answer(SimulatedList list, ListParameters parameters, long defaultLimit, long largest) {
        ListSelection selection = list.selection().read(parameters, "sort_by", "sort_direction");
        list.faults().begin();
        long asked = parameters.number("offset", 0, 0, Integer.MAX_VALUE);
        long offset = list.faults().ignoresPage() ? 0 : asked;
        long limit = parameters.number("limit", defaultLimit, 1, largest);
        return list.send(selection, rows -> {
            List<SimulatedRecord> records = list.faults().page(rows.from(offset, list.faults().size(limit)), offset == 0);
            return PagedBody.of(list, records, "{\"data\":[", "],\"meta\":{\"limit\":%d,\"offset\":%d%s}}".formatted(
                    list.faults().told(limit), offset, total(list, rows)));
        });
    }

    static String total(SimulatedList list, ListRows rows) {
        return list.faults().isWithoutTotal() ? "" : ",\"total\":" + rows.count();
    }
}
