// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** What a placeholder of {@code sandbox/lists.json} stands for; {@code sandbox/README.md} in the resources lists them. */
final class RecordValues {

    private static final String BASE = "https://api.salesloft.com/v2/";
    private static final long MONTH = Duration.ofDays(30).toSeconds() * Micros.PER_SECOND;

    private final ListDescriptions all;
    private final ListForm form;

    RecordValues(ListDescriptions all, ListForm form) {
        this.all = all;
        this.form = form;
    }

    Function<SimulatedRecord, JsonNode> value(String placeholder) {
        String[] part = placeholder.split(" ", 2);
        String rest = part.length == 1 ? "" : part[1];
        long salt = placeholder.hashCode();
        return switch (part[0]) {
            case "id" -> record -> LongNode.valueOf(form.firstId() + record.number());
            case "number" -> record -> LongNode.valueOf(record.number() + 1);
            case "version" -> record -> LongNode.valueOf(record.version());
            case "revision" -> record -> TextNode.valueOf(record.version() == 0 ? "" : " (" + (record.version() + 1) + ")");
            case "guid" -> record -> TextNode.valueOf(new UUID(record.chance(salt, false), record.chance(~salt, false))
                    .toString());
            case "pick" -> pick(rest.split("\\|"), salt, false);
            case "now" -> pick(rest.split("\\|"), salt, true);
            case "from" -> count(rest, salt, false);
            case "counted" -> count(rest, salt, true);
            case "flag" -> record -> BooleanNode.valueOf(record.chance(salt, false) % 100 < Long.parseLong(rest));
            case "sometimes" -> sometimes(rest, salt);
            case "lower" -> lower(value(rest));
            case "of" -> related(rest, salt);
            case "ref" -> reference(rest);
            default -> all.words().containsKey(part[0]) ? pick(all.words().get(part[0]), salt, false)
                    : time(part[0], rest, salt);
        };
    }

    private static Function<SimulatedRecord, JsonNode> pick(String[] values, long salt, boolean changes) {
        return record -> TextNode.valueOf(values[(int) (record.chance(salt, changes) % values.length)]);
    }

    private static Function<SimulatedRecord, JsonNode> count(String range, long salt, boolean changes) {
        String[] ends = range.split("-");
        long least = Long.parseLong(ends[0]);
        long most = Long.parseLong(ends[1]);
        return record -> LongNode.valueOf(least + record.chance(salt, changes) % (most - least + 1));
    }

    /** {@code 10 updated}: in ten of a hundred records; in the others null. */
    private Function<SimulatedRecord, JsonNode> sometimes(String rest, long salt) {
        String[] part = rest.split(" ", 2);
        long share = Long.parseLong(part[0]);
        Function<SimulatedRecord, JsonNode> value = value(part[1]);
        return record -> record.chance(salt, false) % 100 < share ? value.apply(record) : NullNode.getInstance();
    }

    private static Function<SimulatedRecord, JsonNode> lower(Function<SimulatedRecord, JsonNode> value) {
        return record -> TextNode.valueOf(value.apply(record).asText().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
    }

    /** {@code salesloft-users creator}: the id of a record of another list; the second word tells several apart. */
    private Function<SimulatedRecord, JsonNode> related(String rest, long salt) {
        ListForm other = all.lists().get(rest.split(" ")[0]);
        if (other == null) {
            throw new IllegalArgumentException("unknown list '" + rest + "'");
        }
        return record -> LongNode.valueOf(other.firstId() + record.chance(salt, false) % other.size());
    }

    /** {@code accounts of salesloft-accounts}: a reference as Salesloft has it inside of records. */
    private Function<SimulatedRecord, JsonNode> reference(String rest) {
        String path = rest.split(" ")[0];
        Function<SimulatedRecord, JsonNode> id = value(rest.substring(path.length() + 1));
        return record -> JsonNodeFactory.instance.objectNode().put("_href", BASE + path + "/" + id.apply(record).asText())
                .set("id", id.apply(record));
    }

    private static Function<SimulatedRecord, JsonNode> time(String name, String rest, long salt) {
        ToLongFunction<SimulatedRecord> time = switch (name) {
            case "created" -> SimulatedRecord::created;
            case "updated" -> SimulatedRecord::updated;
            case "earlier" -> record -> record.updated() - record.chance(salt, true) % MONTH;
            case "later" -> record -> record.updated() + record.chance(salt, true) % MONTH;
            default -> throw new IllegalArgumentException("unknown placeholder '" + name + "'");
        };
        return switch (rest.split(" ")[0]) {
            case "" -> record -> TextNode.valueOf(Micros.mixed(time.applyAsLong(record), record.number()));
            case "plain" -> record -> TextNode.valueOf(Micros.plain(time.applyAsLong(record)));
            case "day" -> record -> TextNode.valueOf(Micros.day(time.applyAsLong(record)));
            case "seconds" -> record -> LongNode.valueOf(time.applyAsLong(record) / Micros.PER_SECOND);
            default -> throw new IllegalArgumentException("unknown form of a time '" + rest + "'");
        };
    }
}
