// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Where the records of a cell of the crash matrix go. */
enum MatrixDestination {

    BATCH("people-ai-push-batch-call-activities"), SINGLE("people-ai-push-call-activity"), ONCE("customerly-request"),
    ITEMISED("people-ai-request"), BODYLESS("customerly-delete-user"), FILE("record-file");

    static final String FLOW_HEADER = "x-cell";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern USER = Pattern.compile("[?&]user_id=([^&]+)");
    private static final int BATCH_SIZE = 10;
    private static final int IN_FLIGHT = 2;
    private static final int MOST_SHOWN = 120;

    private final String template;

    MatrixDestination(String template) {
        this.template = template;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A request must not be carried out twice. */
    boolean isOnceOnly() {
        return this == ONCE;
    }

    /** Maximum number of records in flight: requests of any version of the flow times records of a request. */
    int mostInFlight() {
        return this == FILE ? 0 : (IN_FLIGHT + 1) * (isBatched() ? BATCH_SIZE : 1);
    }

    private boolean isBatched() {
        return this == BATCH || this == ITEMISED;
    }

    /**
     * The end of a flow: its template with its parameters, as YAML between braces.
     *
     * @param edit each version of a flow sends a bit differently, and to the same place
     */
    String to(String flow, int edit) {
        String sizes = isBatched() ? ", batchSize: " + (BATCH_SIZE - edit % 3) : "";
        String http = "maxInFlight: " + (IN_FLIGHT + edit % 2) + ", requestHeaders: \"X-Cell:" + flow + "\"" + sizes;
        String own = switch (this) {
            case BATCH, SINGLE -> http;
            case ONCE -> http + ", url: /once, method: POST, onceOnly: true";
            case ITEMISED -> http + ", url: /items, method: POST, batch: true, itemResults: "
                    + "\"RAW(items: /results, status: /code, id: /uid=uid, error: /message)\"";
            case BODYLESS -> http + ", userId: \"{uid}\", confirmIrreversible: true";
            case FILE -> "directory: data/out/" + flow;
        };
        return "kamelet:" + template + "-sink\n            parameters: {" + own + "}";
    }

    /** What a request says. Either it holds records, or something is wrong with it. */
    record Content(List<String> ids, String wrong) {
    }

    /** Reads a request as strictly as the vendor would. */
    Content read(Wire.Head head, String body) {
        if (this == BODYLESS) {
            Matcher user = USER.matcher(head.path());
            boolean empty = body.isEmpty() && !head.headers().containsKey("content-type");
            return user.find() && empty
                    ? new Content(List.of(URLDecoder.decode(user.group(1), StandardCharsets.UTF_8)), null)
                    : wrong("a request that must have no body, and has " + body.length() + " characters of "
                            + head.headers().get("content-type"), body);
        }
        try {
            JsonNode json = JSON.readTree(body);
            List<String> ids = new ArrayList<>();
            for (JsonNode record : isBatched() ? json : List.of(json)) {
                ids.add(record.path("uid").textValue());
            }
            return json.isArray() == isBatched() && !ids.isEmpty() && !ids.contains(null) ? new Content(ids, null)
                    : wrong("a body without records", body);
        } catch (JsonProcessingException e) {
            return wrong("a body that is not JSON", body);
        }
    }

    private static Content wrong(String what, String body) {
        return new Content(List.of(), what + ": " + body.substring(0, Math.min(MOST_SHOWN, body.length())));
    }
}
