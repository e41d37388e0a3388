// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.checks.RequestRefusedException;
import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;

/** Plays Customerly's lists: pages from 0 without a word about how many there are, or whole lists. */
public final class CustomerlyLists implements Handler {

    private static final int REFUSED = 422;
    private static final long DEFAULT_SIZE = 50;
    private static final long LARGEST = 100;

    private final SimulatedLists lists;

    public CustomerlyLists(SimulatedLists lists) {
        this.lists = lists;
    }

    @Override
    public SandboxResponse answer(Arrival arrival) {
        SimulatedList list = lists.list(arrival.match().endpointName());
        ListParameters parameters = new ListParameters(arrival.request().uri(), REFUSED);
        ListSelection selection = list.selection().read(parameters, "sort", "sort_direction");
        list.faults().begin();
        boolean whole = "always".equals(list.form().unpaged());
        long page = whole || list.faults().ignoresPage() ? 0 : parameters.number("page", 0, 0, Integer.MAX_VALUE);
        long asked = parameters.corrected("per_page", DEFAULT_SIZE, 1, LARGEST);
        String at = list.form().at();
        String begin = at == null ? "{\"data\":[" : "{\"data\":{\"" + at + "\":[";
        return list.send(selection, rows -> {
            long size = whole ? rows.count() : list.faults().size(asked);
            List<SimulatedRecord> records = list.faults().page(rows.from(page * size, size), page == 0);
            return PagedBody.of(list, records, begin, at == null ? "]}" : "]}}");
        });
    }

    /** One record by its id, which is the end of the path. */
    public SandboxResponse one(Arrival arrival) {
        String path = arrival.request().path();
        String id = path.substring(path.lastIndexOf('/') + 1);
        SimulatedList list = lists.listOf(arrival.match().endpointName());
        JsonNode record = id.matches("\\d{1,18}") ? list.find(Long.parseLong(id)) : null;
        if (record == null) {
            throw new RequestRefusedException(404, list.form().key(), "there is nothing with the id '" + id + "'");
        }
        return SandboxResponse.json(200, "{\"data\":" + record + "}");
    }
}
