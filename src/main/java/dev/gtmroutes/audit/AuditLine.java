// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.audit;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A line of the audit log.
 *
 * @param at      when, in UTC
 * @param account of whom
 * @param address from where
 * @param action  what was done
 * @param subject with what: a flow, a dead letter, a credential or a template; empty if with none
 * @param count   how many times, or with how many records
 */
public record AuditLine(Instant at, String account, String address, String action, String subject, long count) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_CHARACTERS = 200;

    /** Cuts what a client might have made longer than a line should be. */
    public AuditLine {
        account = cut(account);
        address = cut(address);
        subject = cut(subject);
    }

    /** One line of JSON, with its line end. JSON has no line ends in texts, so no name can begin another line. */
    String json() {
        ObjectNode line = JSON.createObjectNode().put("at", at.toString()).put("account", account)
                .put("address", address).put("action", action);
        if (!subject.isEmpty()) {
            line.put("subject", subject);
        }
        return line.put("count", count) + "\n";
    }

    /** @throws IOException if the program did not write the line */
    static AuditLine parse(String json) throws IOException {
        JsonNode line = JSON.readTree(json);
        try {
            return new AuditLine(Instant.parse(line.path("at").asText()), line.path("account").asText(),
                    line.path("address").asText(), line.path("action").asText(), line.path("subject").asText(),
                    line.path("count").asLong());
        } catch (RuntimeException e) {
            throw new IOException("not a line of the audit log", e);
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
