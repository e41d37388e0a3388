// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * All lists as {@code sandbox/lists.json} describes them.
 *
 * @param pageCosts by vendor: what a page costs, by the number of the first page that costs this, in the order of pages
 * @param words     words that records are made of
 * @param lists     by the name of their endpoint
 */
@RegisterForReflection
record ListDescriptions(Map<String, Map<Integer, Integer>> pageCosts, Map<String, String[]> words,
        Map<String, ListForm> lists) {

    static ListDescriptions load() {
        try (InputStream in = ListDescriptions.class.getResourceAsStream("/sandbox/lists.json")) {
            return new JsonMapper().readValue(in, ListDescriptions.class);
        } catch (IOException e) {
            throw new IllegalStateException("the sandbox cannot read sandbox/lists.json: " + e.getMessage(), e);
        }
    }

    /** The points that a page of this number costs at a vendor. */
    int cost(String vendor, int page) {
        int cost = 1;
        for (Map.Entry<Integer, Integer> each : pageCosts.getOrDefault(vendor, Map.of()).entrySet()) {
            cost = page >= each.getKey() ? each.getValue() : cost;
        }
        return cost;
    }

    /** The attribute values of a record by their names in {@code lists.json}. */
    RecordPattern pattern(ListForm form) {
        return RecordPattern.of(form.record(), new RecordValues(this, form));
    }
}
