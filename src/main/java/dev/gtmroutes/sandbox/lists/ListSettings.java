// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code PUT /sandbox/lists/<name>?size=1000} can set about a list, and what it does at once. */
final class ListSettings {

    private static final List<String> AT_ONCE = List.of("change", "delete", "add");

    private final SimulatedList list;
    private final Map<String, Long> given = new LinkedHashMap<>();

    ListSettings(SimulatedList list, Iterable<Map.Entry<String, String>> parameters) {
        this.list = list;
        for (Map.Entry<String, String> each : parameters) {
            if (!each.getValue().matches("\\d{1,9}")) {
                throw new IllegalArgumentException(each.getKey() + " must be a whole number from 0 to 999999999");
            }
            given.put(each.getKey(), Long.parseLong(each.getValue()));
        }
    }

    /** Carries all of it out, or refuses it. @return which records were changed, deleted and added */
    ObjectNode carryOut() {
        Map<String, LongConsumer> settings = settings();
        for (String name : given.keySet()) {
            if (!settings.containsKey(name) && !AT_ONCE.contains(name)) {
                throw new IllegalArgumentException("unknown setting '" + name + "'. Allowed: "
                        + String.join(", ", AT_ONCE) + ", " + String.join(", ", settings.keySet()));
            }
        }
        // In their own order: what a new content depends on comes before it.
        settings.forEach((name, setting) -> {
            if (given.containsKey(name)) {
                setting.accept(given.get(name));
            }
        });
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        if (given.containsKey("change")) {
            keys(chosen.putArray("changed"), list.change(given.get("change")));
        }
        if (given.containsKey("delete")) {
            keys(chosen.putArray("deleted"), list.delete(given.get("delete")));
        }
        if (given.containsKey("add")) {
            keys(chosen.putArray("added"), list.add(given.get("add")));
        }
        return chosen;
    }

    private static void keys(ArrayNode array, List<String> keys) {
        keys.forEach(array::add);
    }

    private Map<String, LongConsumer> settings() {
        ListFaults faults = list.faults();
        Map<String, LongConsumer> settings = new LinkedHashMap<>();
        settings.put("seed", value -> {
            require("seed", "size");
            list.seed(value);
        });
        settings.put("sameTime", value -> {
            require("sameTime", "size");
            list.sameTime(value);
        });
        settings.put("atOnce", value -> list.atOnce(value > 0));
        settings.put("size", list::size);
        settings.put("forget", value -> list.forget());
        settings.put("everyPages", value -> list.during(new SimulatedList.During(value, of("changeEach", 0),
                of("deleteEach", 0), of("addEach", 0), of("rounds", Integer.MAX_VALUE))));
        List.of("changeEach", "deleteEach", "addEach", "rounds").forEach(name -> settings.put(name, value -> require(
                name, "everyPages")));
        settings.put("perPage", faults::perPage);
        settings.put("hiddenPerPage", faults::hiddenPerPage);
        settings.put("ignorePage", value -> faults.ignorePage(value > 0));
        settings.put("unsorted", value -> faults.unsorted(value > 0));
        settings.put("withoutTotal", value -> faults.withoutTotal(value > 0));
        settings.put("linkInHeader", value -> faults.linkInHeader(value > 0));
        settings.put("strayHost", value -> faults.stray(value > 0 ? ListFaults.Stray.HOST : ListFaults.Stray.NOWHERE));
        settings.put("strayPath", value -> faults.stray(value > 0 ? ListFaults.Stray.PATH : ListFaults.Stray.NOWHERE));
        settings.put("shortPage", faults::shortPage);
        settings.put("error", value -> faults.error((int) value, of("errorAfter", 0)));
        settings.put("errorAfter", value -> require("errorAfter", "error"));
        settings.put("expireAfter", value -> faults.expire((int) value, (int) of("expireTimes", 1),
                (int) of("expireStatus", 410)));
        List.of("expireTimes", "expireStatus").forEach(name -> settings.put(name, value -> require(name, "expireAfter")));
        return settings;
    }

    private long of(String name, long otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    private void require(String name, String other) {
        if (!given.containsKey(other)) {
            throw new IllegalArgumentException(name + " requires " + other);
        }
    }
}
