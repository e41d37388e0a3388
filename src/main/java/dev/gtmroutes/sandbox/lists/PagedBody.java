// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.server.ArrayBody;
import dev.gtmroutes.sandbox.server.SandboxResponse;
import dev.gtmroutes.sandbox.server.Streamed;

/** The body of one page, made record by record while it is sent. */
final class PagedBody {

    private PagedBody() {
    }

    /**
     * An answer with an array of records in it.
     *
     * @param begin what stands before the array's content
     * @param end   what stands behind it
     */
    static SandboxResponse of(SimulatedList list, List<SimulatedRecord> records, String begin, String end) {
        list.sent(records.size());
        return SandboxResponse.streamed("application/json", Streamed.whole(
                new ArrayBody(begin, records.stream().map(each -> text(list, each)).iterator(), end)));
    }

    private static String text(SimulatedList list, SimulatedRecord record) {
        JsonNode json = list.json(record);
        return (list.form().bare() == null ? json : json.get(list.form().bare())).toString();
    }
}
