// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.server.SandboxResponse;
import dev.gtmroutes.sandbox.server.Streamed;
import io.vertx.core.http.HttpServerRequest;

/** Takes the requests below {@code /sandbox/lists}: what is in the lists, what was read, and what is to become of them. */
public final class ListControl {

    /** Where these requests are. */
    public static final String PATH = "/sandbox/lists";

    private static final String CONTENT = "/content";

    private final SimulatedLists lists;

    public ListControl(SimulatedLists lists) {
        this.lists = lists;
    }

    /** Whether a path is one of these. */
    public static boolean takes(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /** The methods that a path supports. */
    public static String methods(String path) {
        return path.equals(PATH) || path.endsWith(CONTENT) ? "GET" : "GET, PUT";
    }

    /** @throws IllegalArgumentException if there is no such list or setting, or not with this value */
    public SandboxResponse answer(HttpServerRequest request, String path) {
        if (path.equals(PATH)) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            lists.all().forEach(each -> all.add(shown(each)));
            return SandboxResponse.json(200, all.toPrettyString());
        }
        String name = path.substring(PATH.length() + 1);
        if (name.endsWith(CONTENT)) {
            return content(request, lists.list(name.substring(0, name.length() - CONTENT.length())));
        }
        SimulatedList list = lists.list(name);
        if (request.method().name().equals("GET")) {
            return SandboxResponse.json(200, shown(list).toString());
        }
        ObjectNode chosen = new ListSettings(list, request.params()).carryOut();
        return SandboxResponse.json(200, shown(list).setAll(chosen).toString());
    }

    private static SandboxResponse content(HttpServerRequest request, SimulatedList list) {
        ListContent content = new ListContent(list, request.getParam("where"));
        String only = request.getParam("form", "keys");
        return switch (only) {
            case "total" -> SandboxResponse.json(200, content.total());
            case "keys", "records" -> SandboxResponse.streamed("application/x-ndjson",
                    Streamed.whole(content.lines(only.equals("records"))));
            default -> throw new IllegalArgumentException("form must be keys, records or total");
        };
    }

    private static ObjectNode shown(SimulatedList list) {
        return JsonNodeFactory.instance.objectNode().put("list", list.name()).put("key", list.form().key())
                .put("count", list.count()).put("pagesSent", list.pages()).put("recordsSent", list.records());
    }
}
