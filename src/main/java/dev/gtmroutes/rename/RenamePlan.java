// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.rename.FlowData.Move;

/**
 * All that a rename changes.
 *
 * @param from    name of the flow before
 * @param to      name of the flow afterwards
 * @param account who renames it
 * @param oldFile the file of the flow before
 * @param before  what is in it
 * @param newFile the file of the flow afterwards
 * @param text    what is in it
 * @param moves   of files and folders, in their order
 * @param names   of the flow and of those that tell its webhooks, by the names before
 */
record RenamePlan(String from, String to, String account, Path oldFile, String before, Path newFile, String text,
        List<Move> moves, Map<String, String> names) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    byte[] json() throws IOException {
        ObjectNode json = JSON.createObjectNode().put("version", VERSION).put("from", from).put("to", to)
                .put("account", account).put("oldFile", oldFile.toString()).put("before", before)
                .put("newFile", newFile.toString()).put("text", text);
        moves.forEach(each -> json.withArray("moves").addObject().put("from", each.from().toString())
                .put("to", each.to().toString()));
        ObjectNode all = json.putObject("names");
        names.forEach(all::put);
        return JSON.writeValueAsBytes(json);
    }

    /** @throws IOException if it is none */
    static RenamePlan read(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.path("version").asInt() != VERSION) {
                throw new IOException("a newer version of the program wrote it");
            }
            List<Move> moves = new ArrayList<>();
            json.path("moves").forEach(each -> moves
                    .add(new Move(Path.of(each.path("from").asText()), Path.of(each.path("to").asText()))));
            Map<String, String> names = new LinkedHashMap<>();
            json.path("names").fields().forEachRemaining(each -> names.put(each.getKey(), each.getValue().asText()));
            return new RenamePlan(json.path("from").asText(), json.path("to").asText(), json.path("account").asText(),
                    Path.of(json.path("oldFile").asText()), json.path("before").asText(),
                    Path.of(json.path("newFile").asText()), json.path("text").asText(), moves, names);
        } catch (JacksonException e) {
            throw new IOException("is not JSON", e);
        }
    }
}
