// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.read.Bytes;
import dev.gtmroutes.record.read.RecordSize;

/**
 * Finds the attributes that a mapping reads. An attribute whose own name is the whole path comes before a nested one; a list
 * on the way makes a list of what its elements have there. Immutable, for any number of threads.
 */
public final class SourceAttributes {

    /** What names mean at one level: the attribute that ends there, or -1, and what is below. */
    private static final class Level {
        private final Map<String, Integer> ends = new LinkedHashMap<>();
        private final Map<String, Level> deeper = new LinkedHashMap<>();
        private NameIndex index;
        private int[] end;
        private Level[] below;

        void prepare() {
            deeper.keySet().forEach(each -> ends.putIfAbsent(each, -1));
            List<String> names = List.copyOf(ends.keySet());
            index = new NameIndex(names);
            end = names.stream().mapToInt(ends::get).toArray();
            below = names.stream().map(deeper::get).toArray(Level[]::new);
            deeper.values().forEach(Level::prepare);
        }
    }

    private static final Span NULL = Span.of("null");

    private final int count;
    private final Level top = new Level();
    /** Attributes of which the whole path is a name at the top. */
    private final NameIndex whole;
    private final int[] wholes;

    /** @param paths without repeats; what is found stands in their order */
    public SourceAttributes(List<AttributePath> paths) {
        count = paths.size();
        List<String> names = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AttributePath path = paths.get(i);
            Level level = top;
            for (String name : path.names().subList(0, path.names().size() - 1)) {
                level = level.deeper.computeIfAbsent(name, key -> new Level());
            }
            level.ends.put(path.names().get(path.names().size() - 1), i);
            if (path.names().size() > 1) {
                names.add(path.text());
                positions.add(i);
            }
        }
        top.prepare();
        whole = new NameIndex(names);
        wholes = positions.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @return the values of the attributes, null for those that the record does not have */
    public Span[] of(ObjectScan record, RecordSize longest) throws UnfitRecordException {
        Span[] found = new Span[count];
        members(record, top, found, longest);
        for (int i = 0; wholes.length > 0 && i < record.count(); i++) {
            int name = record.name(i, whole);
            if (name >= 0) {
                found[wholes[name]] = record.value(i);
            }
        }
        return found;
    }

    private static void members(ObjectScan object, Level level, Span[] found, RecordSize longest)
            throws UnfitRecordException {
        for (int i = 0; i < object.count(); i++) {
            int name = object.name(i, level.index);
            if (name >= 0) {
                Span value = object.value(i);
                if (level.end[name] >= 0) {
                    found[level.end[name]] = value;
                }
                if (level.below[name] != null && value.isContainer()) {
                    descend(value, level.below[name], found, longest);
                }
            }
        }
    }

    private static void descend(Span value, Level level, Span[] found, RecordSize longest) throws UnfitRecordException {
        if (!value.isList()) {
            members(new ObjectScan(value.bytes(), value.from(), value.to()), level, found, longest);
            return;
        }
        List<Span[]> elements = new ArrayList<>();
        for (Span element : elements(value)) {
            Span[] ofElement = new Span[found.length];
            if (element.isContainer()) {
                descend(element, level, ofElement, longest);
            }
            elements.add(ofElement);
        }
        for (int i = 0; i < found.length; i++) {
            Span list = list(elements, i, longest);
            found[i] = list == null ? found[i] : list;
        }
    }

    /** What the elements have of one attribute, null where one has none; null if none has it. */
    private static Span list(List<Span[]> elements, int attribute, RecordSize longest) throws UnfitRecordException {
        if (elements.stream().allMatch(each -> each[attribute] == null)) {
            return null;
        }
        JsonBuffer list = new JsonBuffer(64, longest);
        for (Span[] each : elements) {
            list.add(list.size() == 0 ? '[' : ',');
            list.add(each[attribute] == null ? NULL : each[attribute]);
        }
        list.add(']');
        return Span.of(list.toBytes());
    }

    /** The elements of a JSON list. */
    public static List<Span> elements(Span list) {
        List<Span> elements = new ArrayList<>();
        byte[] json = list.bytes();
        int at = Bytes.skipBlank(json, list.from() + 1, list.to());
        while (json[at] != ']') {
            int end = JsonText.valueEnd(json, at, list.to());
            elements.add(new Span(json, at, end));
            at = Bytes.skipBlank(json, end, list.to());
            if (json[at] == ',') {
                at = Bytes.skipBlank(json, at + 1, list.to());
            }
        }
        return elements;
    }
}
