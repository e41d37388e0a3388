// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON form of a misbehaviour. Whatever is wrong with one is an IllegalArgumentException of one sentence. */
public final class MisbehaviourJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> KEYS = List.of("times", "vendor", "endpoint", "status", "body", "retryAfter",
            "delayMs", "slowMs", "close", "share", "poison", "itemised", "latencyMs");

    private MisbehaviourJson() {
    }

    /** Takes a body of JSON into the misbehaviours: a misbehaviour, or the latency of every request. */
    public static void read(byte[] body, Misbehaviours into) {
        JsonNode json = parse(body);
        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            require(KEYS.contains(key), "unknown key '" + key + "'. Allowed: " + String.join(", ", KEYS));
        }
        if (json.has("latencyMs")) {
            keys.removeAll(List.of("times", "latencyMs"));
            require(keys.isEmpty() && number(json, "times", Misbehaviour.FOR_EVER) == Misbehaviour.FOR_EVER,
                    "latencyMs applies to every request, so it can be combined only with times -1");
            into.latencyMs(number(json, "latencyMs", 0));
        } else {
            into.add(misbehaviour(json));
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            require(json.isObject(), "a misbehaviour is a JSON object");
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "malformed JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Misbehaviour misbehaviour(JsonNode json) {
        Misbehaviour misbehaviour = Misbehaviour.times(number(json, "times", 1)).vendor(text(json, "vendor"))
                .endpoint(text(json, "endpoint")).share(share(json)).delayMs(number(json, "delayMs", 0))
                .slowMs(number(json, "slowMs", 0)).close(close(json));
        if (json.hasNonNull("status")) {
            misbehaviour = misbehaviour.status(number(json, "status", 0), body(json));
        } else {
            require(body(json) == null, "body and retryAfter require a status");
        }
        if (json.hasNonNull("retryAfter")) {
            misbehaviour = misbehaviour.retryAfter(retryAfter(json));
        }
        if (json.hasNonNull("poison")) {
            misbehaviour = poison(misbehaviour, text(json, "poison"));
        }
        return json.path("itemised").asBoolean() ? misbehaviour.itemised() : misbehaviour;
    }

    private static Misbehaviour poison(Misbehaviour misbehaviour, String text) {
        int equals = text.indexOf('=');
        require(equals > 0, "poison must be an attribute and its value, such as poison=true");
        return misbehaviour.poison(text.substring(0, equals), text.substring(equals + 1));
    }

    private static double share(JsonNode json) {
        require(!json.hasNonNull("share") || json.get("share").isNumber(), "share must be a number");
        return json.path("share").asDouble(1);
    }

    private static int number(JsonNode json, String key, int otherwise) {
        if (!json.hasNonNull(key)) {
            return otherwise;
        }
        require(json.get(key).isInt(), key + " must be a whole number");
        return json.get(key).intValue();
    }

    private static String text(JsonNode json, String key) {
        if (!json.hasNonNull(key)) {
            return null;
        }
        require(json.get(key).isTextual(), key + " must be a text");
        return json.get(key).textValue();
    }

    // Text goes out as it is; any other JSON goes out as JSON.
    private static String body(JsonNode json) {
        JsonNode body = json.get("body");
        return !json.hasNonNull("body") || body.isTextual() ? text(json, "body") : body.toString();
    }

    private static String retryAfter(JsonNode json) {
        JsonNode value = json.get("retryAfter");
        return value != null && value.isIntegralNumber() ? value.asText() : text(json, "retryAfter");
    }

    private static Misbehaviour.Close close(JsonNode json) {
        String when = text(json, "close");
        if (when == null) {
            return null;
        }
        require(when.equals("before") || when.equals("after"), "close must be \"before\" or \"after\"");
        return when.equals("before") ? Misbehaviour.Close.BEFORE : Misbehaviour.Close.AFTER;
    }

    /** The same form, without what was not set. */
    public static JsonNode write(Misbehaviour misbehaviour) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("times", misbehaviour.times());
        put(json, "vendor", misbehaviour.vendor());
        put(json, "endpoint", misbehaviour.endpoint());
        if (misbehaviour.share() != 1) {
            json.put("share", misbehaviour.share());
        }
        if (misbehaviour.poison() != null) {
            json.put("poison", misbehaviour.poison().toString());
        }
        if (misbehaviour.isItemised()) {
            json.put("itemised", true);
        }
        put(json, "status", misbehaviour.status());
        put(json, "body", misbehaviour.body());
        put(json, "retryAfter", misbehaviour.retryAfter());
        put(json, "delayMs", misbehaviour.delayMs());
        put(json, "slowMs", misbehaviour.slowMs());
        if (misbehaviour.close() != null) {
            json.put("close", misbehaviour.close() == Misbehaviour.Close.BEFORE ? "before" : "after");
        }
        return json;
    }

    private static void put(ObjectNode json, String key, String value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    private static void put(ObjectNode json, String key, int value) {
        if (value != 0) {
            json.put(key, value);
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
