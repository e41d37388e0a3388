// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.JsonBuffer;
import dev.gtmroutes.record.mapping.value.JsonText;
import dev.gtmroutes.record.mapping.value.NameIndex;
import dev.gtmroutes.record.mapping.value.ObjectScan;
import dev.gtmroutes.record.mapping.value.Span;

/**
 * Writes an object of a mapped record: first the members that the record has and no line names, with their bytes, then those
 * that lines make. Immutable, for any number of threads.
 */
final class ObjectWriter {

    private final NameIndex names;
    private final byte[][] keys;
    private final TargetNode[] nodes;
    private final ObjectWriter[] objects;
    private final ListWriter[] lists;

    /** @param alsoGone names of members that are left out, too */
    ObjectWriter(TargetNode object, List<String> alsoGone, List<Assignment> assignments) {
        List<String> all = new ArrayList<>(object.children().keySet());
        nodes = object.children().values().toArray(TargetNode[]::new);
        keys = all.stream().map(each -> (new String(JsonText.quoted(each), StandardCharsets.UTF_8) + ':')
                .getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        alsoGone.stream().filter(each -> !object.children().containsKey(each)).distinct().forEach(all::add);
        names = new NameIndex(all);
        objects = new ObjectWriter[nodes.length];
        lists = new ListWriter[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i].isList()) {
                lists[i] = new ListWriter(nodes[i].slots(), assignments);
            } else if (nodes[i].assignment() < 0) {
                objects[i] = new ObjectWriter(nodes[i], List.of(), assignments);
            }
        }
    }

    /**
     * @param kept   the object of the record whose members stay; null for none
     * @param values by the positions of the assignments; null for those that are left out
     * @return false if it has no member
     */
    boolean write(JsonBuffer out, ObjectScan kept, Span[] values) throws UnfitRecordException {
        int start = out.size();
        out.add('{');
        Span[] merged = kept == null ? null : keep(out, kept);
        for (int i = 0; i < nodes.length; i++) {
            int before = out.size();
            if (before > start + 1) {
                out.add(',');
            }
            out.add(keys[i]);
            if (!member(out, i, merged == null ? null : merged[i], values)) {
                out.cut(before);
            }
        }
        boolean isEmpty = out.size() == start + 1;
        out.add('}');
        return !isEmpty;
    }

    private boolean member(JsonBuffer out, int i, Span existing, Span[] values) throws UnfitRecordException {
        if (objects[i] != null) {
            return objects[i].write(out, existing == null ? null
                    : new ObjectScan(existing.bytes(), existing.from(), existing.to()), values);
        }
        if (lists[i] != null) {
            return lists[i].write(out, values);
        }
        Span value = values[nodes[i].assignment()];
        if (value != null) {
            out.add(value);
        }
        return value != null;
    }

    /** @return by the positions of this object's members, the objects that the record has there; null if it has none */
    private Span[] keep(JsonBuffer out, ObjectScan kept) throws UnfitRecordException {
        Span[] merged = null;
        boolean first = true;
        int from = -1;
        for (int i = 0; i <= kept.count(); i++) {
            int name = i == kept.count() ? 0 : kept.name(i, names);
            if (name < 0) {
                from = from < 0 ? i : from;
                continue;
            }
            if (from >= 0) {
                if (!first) {
                    out.add(',');
                }
                first = false;
                out.add(kept.json(), kept.start(from), kept.end(i - 1));
                from = -1;
            }
            if (i < kept.count() && name < nodes.length && objects[name] != null && kept.value(i).first() == '{') {
                merged = merged == null ? new Span[nodes.length] : merged;
                merged[name] = kept.value(i);
            }
        }
        return merged;
    }
}
