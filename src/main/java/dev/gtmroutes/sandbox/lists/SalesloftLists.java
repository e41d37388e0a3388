// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;

/** Plays Salesloft's lists: pages by number, silent corrections, filters, and points by page. */
public final class SalesloftLists implements Handler {

    private static final int REFUSED = 422;
    private static final long DEFAULT_SIZE = 25;
    private static final long LARGEST = 100;
    private static final long MOST_COUNTED = 10_000;

    private final SimulatedLists lists;

    public SalesloftLists(SimulatedLists lists) {
        this.lists = lists;
    }

    @Override
    public int cost(Arrival arrival) {
        String page = new ListParameters(arrival.request().uri(), REFUSED).text("page");
        boolean number = page != null && page.matches("\\d{1,9}");
        return lists.cost(arrival.match().vendorName(), number ? Math.max(1, Integer.parseInt(page)) : 1);
    }

    @Override
    public SandboxResponse answer(Arrival arrival) {
        SimulatedList list = lists.list(arrival.match().endpointName());
        ListParameters parameters = new ListParameters(arrival.request().uri(), REFUSED);
        ListSelection selection = list.selection().read(parameters, "sort_by", "sort_direction");
        list.faults().begin();
        long page = list.faults().ignoresPage() ? 1 : parameters.corrected("page", 1, 1, Integer.MAX_VALUE);
        long asked = parameters.corrected("per_page", DEFAULT_SIZE, 1, LARGEST);
        boolean whole = "withoutPage".equals(list.form().unpaged()) && !parameters.has("page");
        boolean counts = parameters.flag("include_paging_counts");
        boolean cut = parameters.flag("limit_paging_counts");
        return list.send(selection, rows -> {
            long size = whole ? Math.max(1, rows.count()) : list.faults().size(asked);
            List<SimulatedRecord> records = list.faults().page(rows.from((page - 1) * size, size), page == 1);
            ObjectNode metadata = JsonNodeFactory.instance.objectNode();
            metadata.putObject("filtering");
            if (!whole) {
                ObjectNode paging = metadata.putObject("paging");
                paging.put("per_page", list.faults().told(asked)).put("current_page", page);
                paging.put("next_page", page * size < rows.count() ? page + 1 : null);
                paging.put("prev_page", page > 1 ? page - 1 : null);
                if (counts) {
                    long total = cut ? Math.min(MOST_COUNTED, rows.count()) : rows.count();
                    paging.put("total_pages", (total + size - 1) / size).put("total_count", total);
                }
            }
            metadata.putObject("sorting").put("sort_by", selection.sort()).put("sort_direction", selection.direction());
            return PagedBody.of(list, records, "{\"data\":[", "],\"metadata\":" + metadata + "}");
        });
    }
}
