// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** Which records a read asks for, and in which order. */
final class ListSelection {

    private final ListForm form;
    private final RecordPattern pattern;
    private final List<Predicate<SimulatedRecord>> filters = new ArrayList<>();
    private final StringBuilder name = new StringBuilder();
    private String sort;
    private boolean ascending;
    private long from = Long.MIN_VALUE;
    private long until = Long.MAX_VALUE;
    private long behind = -1;

    ListSelection(ListForm form, RecordPattern pattern) {
        this.form = form;
        this.pattern = pattern;
        sort(form.sort() == null ? form.key() : form.sort(), form.ascending() || form.sort() == null);
    }

    ListSelection sort(String attribute, boolean upwards) {
        sort = attribute;
        ascending = upwards;
        return this;
    }

    /** Takes what a query says about order and records; what it does not know it ignores. */
    ListSelection read(ListParameters parameters, String sortBy, String direction) {
        sort(parameters, sortBy, direction);
        form.filters().forEach((parameter, description) -> filter(parameters, parameter, description));
        form.ranges().forEach(each -> range(parameters, each));
        for (Map.Entry<String, String> need : form.needs().entrySet()) {
            if (parameters.has(need.getKey()) && !parameters.has(need.getValue())) {
                throw parameters.refused(need.getKey(), "requires '" + need.getValue() + "'");
            }
        }
        return this;
    }

    private void sort(ListParameters parameters, String sortBy, String direction) {
        String asked = parameters.text(sortBy);
        if (asked != null) {
            sort = ListForm.attribute(form.sorts(), asked);
            if (sort == null) {
                throw parameters.refused(sortBy, "must be one of: " + String.join(", ", ListForm.names(form.sorts())));
            }
        }
        String way = parameters.text(direction);
        if (way != null) {
            if (!way.matches("(?i)asc|desc")) {
                throw parameters.refused(direction, "must be ASC or DESC");
            }
            ascending = way.equalsIgnoreCase("asc");
        }
    }

    private void filter(ListParameters parameters, String parameter, String description) {
        List<String> given = parameters.texts(parameter);
        String otherwise = form.defaults().get(parameter);
        if (given.isEmpty() && otherwise == null) {
            return;
        }
        List<String> values = given.isEmpty() ? List.of(otherwise) : given;
        String[] part = description.split(" ");
        List<String> allowed = part.length < 3 ? List.of() : List.of(part[2].split("\\|"));
        Predicate<JsonNode> lets = ListFilter.of(part[0], allowed, parameter, values, parameters);
        filters.add(record -> lets.test(pattern.at(part[1], record)));
        name.append('&').append(parameter).append(values);
    }

    private void range(ListParameters parameters, String named) {
        String parameter = named.replaceFirst("=.*", "");
        String attribute = named.replaceFirst(".*=", "");
        for (String operator : List.of("gt", "gte", "lt", "lte")) {
            String asked = parameter + "[" + operator + "]";
            if (parameters.has(asked)) {
                bound(attribute, operator, parameters.time(asked));
            }
        }
    }

    /** Asks that the time of an attribute is, say, {@code gte} another one. */
    ListSelection bound(String attribute, String operator, long time) {
        boolean lower = operator.startsWith("g");
        // Behind the time or not: times are whole microseconds.
        long edge = operator.equals("gt") || operator.equals("lte") ? time + 1 : time;
        if (attribute.equals(form.changed())) {
            from = lower ? Math.max(from, edge) : from;
            until = lower ? until : Math.min(until, edge);
        } else {
            filters.add(record -> {
                Comparable<?> value = SortValue.of(pattern.at(attribute, record));
                return value instanceof Long number && (lower ? number >= edge : number < edge);
            });
            name.append('&').append(attribute).append(operator).append(time);
        }
        return this;
    }

    /** Asks for what comes behind the record with this id, in the order of ids. */
    ListSelection behind(long id) {
        behind = Math.max(-1, id - form.firstId());
        return this;
    }

    /** What tells it apart from all others. */
    String name() {
        return sort + ascending + from + '-' + until + '-' + behind + name;
    }

    String sort() {
        return sort;
    }

    String direction() {
        return ascending ? "ASC" : "DESC";
    }

    boolean isAscending() {
        return ascending;
    }

    /** Whether the order needs no look at the records. */
    ListState.Order order() {
        return sort.equals(form.changed()) ? ListState.Order.CHANGE
                : form.isInOrderOfNumbers(sort) ? ListState.Order.NUMBER : null;
    }

    /** Whether it is a part of the order of numbers. */
    boolean isByNumberOnly() {
        return filters.isEmpty() && from == Long.MIN_VALUE && until == Long.MAX_VALUE && order() == ListState.Order.NUMBER;
    }

    /** Whether it is a part of the order of changes. */
    boolean isByChangeOnly() {
        return filters.isEmpty() && behind < 0 && order() == ListState.Order.CHANGE;
    }

    /** The number behind which it begins; -1 = with the first. */
    long behind() {
        return behind;
    }

    long from() {
        return from;
    }

    long until() {
        return until;
    }

    boolean lets(SimulatedRecord record) {
        return record.number() > behind && record.updated() >= from && record.updated() < until
                && filters.stream().allMatch(each -> each.test(record));
    }

    /** What a record is sorted by. */
    Comparable<?> sortValue(SimulatedRecord record) {
        return SortValue.of(pattern.at(sort, record));
    }
}
