// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.delivery.Request;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;
import dev.gtmroutes.record.ShapedRecord;

/**
 * Where an answer tells what became of each record of its request, as JSON pointers (RFC 6901):
 * {@code items: /results, status: /code, id: /id=external_id, error: /message}. {@code items} is the array, from the
 * answer's root; the others are within one of its items.
 *
 * <ul>
 * <li>{@code status}: an HTTP status; or true or false; or a word, of which ok, success and the like are good. Without it,
 * an item with an error is a rejection, and one without, or with an empty one, is none.
 * <li>{@code id}: where the item names its record, and after {@code =} the attribute of the record that is named; without
 * it, the items are in the order of the records, one for each.
 * <li>{@code error}: what is wrong, for a person.
 * </ul>
 *
 * <p>Or {@code failed: /not_added}: a list of what was not taken, and of nothing else. It does not say in a known form which
 * records these are; only a request of one record tells.
 */
final class ItemResults {

    /**
     * @param status an HTTP status
     * @param error  what is wrong; empty if it does not say
     */
    record Item(int status, String error) {

        /** What it means for the record. One that only shares a request with a faulty one may well be taken later. */
        Outcome outcome(boolean onceOnly) {
            return status == FAILED_DEPENDENCY ? Outcome.RETRY : OutcomePolicy.of(status, onceOnly);
        }

        /** Whether it is rejected, by itself. */
        boolean isFaulty() {
            return switch (outcome(false)) {
                case REJECTED, REFUSED, CREDENTIAL -> true;
                default -> false;
            };
        }
    }

    private static final List<String> NAMES = List.of("items", "status", "id", "error");
    private static final String FAILED = "failed";
    private static final List<String> GOOD = List.of("ok", "success", "succeeded", "successful", "accepted", "created",
            "updated", "upserted", "done", "true");
    /** An HTTP status, perhaps with a fraction or its name behind it. */
    private static final Pattern NUMBER = Pattern.compile("([1-5]\\d\\d)(?:\\.0*|\\s.*)?");
    private static final int UNSAID = 0;
    private static final int OK = 200;
    private static final int UNFIT = 422;
    /** RFC 4918, section 11.4. */
    private static final int FAILED_DEPENDENCY = 424;

    private final JsonPointer items;
    private final JsonPointer failed;
    private final JsonPointer status;
    private final JsonPointer id;
    private final JsonPointer error;
    private final AttributePath attribute;
    private final Attributes attributes;

    /** @throws IllegalArgumentException if this is no such setting; the message says why */
    ItemResults(String setting) {
        Map<String, String> parts = parts(setting);
        this.failed = pointer(parts, FAILED);
        this.items = pointer(parts, "items");
        if (failed != null && parts.size() > 1) {
            throw new IllegalArgumentException("itemResults: failed must be the only part");
        }
        if (items == null && failed == null) {
            throw new IllegalArgumentException("itemResults must contain the place of the items, such as items: /results");
        }
        this.status = pointer(parts, "status");
        this.error = pointer(parts, "error");
        if (status == null && error == null && failed == null) {
            throw new IllegalArgumentException("itemResults must contain the place of the status or error of an item, such "
                    + "as status: /code");
        }
        String[] named = parts.getOrDefault("id", "").split("=", 2);
        parts.put("id", named[0].strip());
        this.id = named[0].isBlank() ? null : pointer(parts, "id");
        this.attribute = id == null ? null
                : AttributePath.list(named.length == 2 ? named[1].strip() : id.last().getMatchingProperty()).get(0);
        this.attributes = id == null ? null : new Attributes(List.of(attribute));
    }

    /**
     * Whether what must not happen twice has happened to a record, or may have. An item without a status says only what is
     * wrong.
     */
    boolean mayBeCarriedOut(Item item) {
        Outcome outcome = item.outcome(true);
        return status != null && (outcome == Outcome.DELIVERED || outcome == Outcome.UNKNOWN);
    }

    private static Map<String, String> parts(String setting) {
        Map<String, String> parts = new HashMap<>();
        for (String each : setting.split(",")) {
            int colon = each.indexOf(':');
            String name = colon < 0 ? each.strip() : each.substring(0, colon).strip();
            if (colon < 0 || !NAMES.contains(name) && !name.equals(FAILED)) {
                throw new IllegalArgumentException("itemResults: '" + each.strip() + "' must be one of "
                        + String.join(", ", NAMES) + ", a colon and a JSON pointer; or failed, alone");
            }
            parts.put(name, each.substring(colon + 1).strip());
        }
        return parts;
    }

    private static JsonPointer pointer(Map<String, String> parts, String name) {
        String text = parts.get(name);
        if (text == null) {
            return null;
        }
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("itemResults: '" + text + "' is not a JSON pointer. Begin it with /");
        }
    }

    /** Whether an answer lists the records that were not taken, and only those. */
    boolean areFailuresOnly() {
        return failed != null;
    }

    /** The list of what was not taken, as JSON; empty if there is none, or nothing is in it. So is 0, false or no text. */
    String failures(ApiAnswer answer) {
        JsonNode list = answer.json().map(body -> body.at(failed)).orElse(MissingNode.getInstance());
        return OutcomePolicy.saysNothing(list) ? "" : list.toString();
    }

    /**
     * @return for each record its item, or null where it cannot be told which that is; null if there are no items at all
     */
    List<Item> in(ApiAnswer answer, Request request) {
        if (areFailuresOnly()) {
            return null;
        }
        JsonNode array = answer.json().map(body -> body.at(items)).orElse(MissingNode.getInstance());
        if (!array.isArray()) {
            return null;
        }
        List<ShapedRecord> records = request.records();
        if (id != null) {
            return byId(array, records);
        }
        if (array.size() != records.size()) {
            return Collections.nCopies(records.size(), null);
        }
        List<Item> results = new ArrayList<>();
        array.forEach(each -> results.add(item(each)));
        return results;
    }

    /** Records of the same name get the items of that name in their order. */
    private List<Item> byId(JsonNode array, List<ShapedRecord> records) {
        Map<String, Deque<JsonNode>> named = new HashMap<>();
        array.forEach(each -> named.computeIfAbsent(each.at(id).asText(), key -> new ArrayDeque<>()).add(each));
        Item[] results = new Item[records.size()];
        for (int i = 0; i < results.length; i++) {
            Attributes.Value value = attributes.of(records.get(i).mapped()).get(attribute);
            Deque<JsonNode> own = value == null || value.text() == null ? null : named.get(value.text());
            results[i] = own == null || own.isEmpty() ? null : item(own.remove());
        }
        return Arrays.asList(results);
    }

    /** @return null if the item does not say */
    private Item item(JsonNode item) {
        JsonNode problem = error == null ? MissingNode.getInstance() : item.at(error);
        String text = OutcomePolicy.saysNothing(problem) ? ""
                : problem.isTextual() ? problem.asText() : problem.toString();
        if (status == null) {
            return new Item(text.isEmpty() ? OK : UNFIT, text);
        }
        int code = code(item.at(status));
        return code == UNSAID ? null : new Item(code, text);
    }

    private static int code(JsonNode status) {
        Matcher number = NUMBER.matcher(status.asText());
        if (number.matches()) {
            return Integer.parseInt(number.group(1));
        }
        if (status.isNumber() || status.isContainerNode() || status.asText("").isBlank() || status.isNull()) {
            return UNSAID;
        }
        return GOOD.contains(status.asText().toLowerCase(Locale.ROOT)) ? OK : UNFIT;
    }
}
