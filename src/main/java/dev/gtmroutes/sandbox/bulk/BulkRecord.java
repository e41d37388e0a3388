// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.bulk;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One record of a bulk job.
 *
 * @param id     given by the sandbox, larger than that of each earlier record
 * @param record the parameters as they came
 */
record BulkRecord(long id, JsonNode record) {

    static final String PENDING = "pending";
    static final String SUCCESS = "success";
    static final String ERROR = "error";
    static final String CANCELLED = "cancelled";

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    /** Why the single call would refuse the record; null = it would not. People need an e-mail address that is one. */
    String refusal(String type) {
        if (!type.startsWith("person/")) {
            return null;
        }
        String email = record.path("email_address").asText("");
        if (email.isEmpty() && record.path("upsert_key").asText("email_address").equals("email_address")) {
            return "Email address can't be blank";
        }
        return email.isEmpty() || EMAIL.matcher(email).matches() ? null : "Email address is invalid";
    }

    /** As the lists of data and results show it. */
    ObjectNode json(String type, String status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("status", status);
        json.put("error", status.equals(ERROR) ? refusal(type) : null);
        json.set("record", record);
        if (status.equals(SUCCESS)) {
            ObjectNode resource = json.putObject("resource");
            resource.put("upsert_type", "create");
            resource.putObject(type.replaceFirst("/.*", "")).put("id", id);
        } else {
            json.putNull("resource");
        }
        return json;
    }
}
