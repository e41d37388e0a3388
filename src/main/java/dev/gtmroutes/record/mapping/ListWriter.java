// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.JsonBuffer;
import dev.gtmroutes.record.mapping.value.SourceAttributes;
import dev.gtmroutes.record.mapping.value.Span;

/**
 * Writes a list of a mapped record. Each slot makes one element, or, where values are lists, one for each of their elements;
 * an element without a value of the record is left out. Immutable, for any number of threads.
 */
final class ListWriter {

    private final List<Slot> slots = new ArrayList<>();

    /** @param object null where the elements are the values themselves */
    private record Slot(ObjectWriter object, int[] assignments, boolean[] fromRecord, boolean hasConstantsOnly,
            String targets) {
    }

    ListWriter(List<TargetNode.Slot> nodes, List<Assignment> assignments) {
        for (TargetNode.Slot each : nodes) {
            int[] positions = each.assignments().stream().mapToInt(Integer::intValue).toArray();
            boolean[] fromRecord = new boolean[positions.length];
            boolean constants = true;
            List<String> targets = new ArrayList<>();
            for (int i = 0; i < positions.length; i++) {
                Assignment assignment = assignments.get(positions[i]);
                fromRecord[i] = !assignment.expression().attributes().isEmpty();
                constants &= !fromRecord[i];
                targets.add(assignment.target().toString());
            }
            ObjectWriter object = each.element().assignment() >= 0 ? null
                    : new ObjectWriter(each.element(), List.of(), assignments);
            slots.add(new Slot(object, positions, fromRecord, constants, String.join(" and ", targets)));
        }
    }

    /** @return false if it has no element */
    boolean write(JsonBuffer out, Span[] values) throws UnfitRecordException {
        int start = out.size();
        out.add('[');
        for (Slot slot : slots) {
            List<List<Span>> lists = lists(slot, values);
            if (lists == null) {
                element(out, slot, values, start);
            } else {
                spread(out, slot, values, lists, start);
            }
        }
        boolean isEmpty = out.size() == start + 1;
        out.add(']');
        return !isEmpty;
    }

    /** The elements of the values that are lists, null for others; null if none is a list. */
    private static List<List<Span>> lists(Slot slot, Span[] values) throws UnfitRecordException {
        List<List<Span>> lists = null;
        int length = -1;
        for (int i = 0; i < slot.assignments.length; i++) {
            Span value = values[slot.assignments[i]];
            List<Span> elements = value != null && value.isList() ? SourceAttributes.elements(value) : null;
            if (elements == null) {
                if (lists != null) {
                    lists.add(null);
                }
                continue;
            }
            if (length >= 0 && length != elements.size()) {
                throw new UnfitRecordException("the lists from which the mapping makes " + slot.targets
                        + " have different lengths, so their elements cannot be put together");
            }
            length = elements.size();
            if (lists == null) {
                lists = new ArrayList<>(Collections.nCopies(i, null));
            }
            lists.add(elements);
        }
        return lists;
    }

    private static void spread(JsonBuffer out, Slot slot, Span[] values, List<List<Span>> lists, int start)
            throws UnfitRecordException {
        int length = lists.stream().filter(each -> each != null).findFirst().orElseThrow().size();
        Span[] own = values.clone();
        for (int j = 0; j < length; j++) {
            for (int i = 0; i < slot.assignments.length; i++) {
                if (lists.get(i) != null) {
                    Span element = lists.get(i).get(j);
                    own[slot.assignments[i]] = element.isNull() ? null : element;
                }
            }
            element(out, slot, own, start);
        }
    }

    private static void element(JsonBuffer out, Slot slot, Span[] values, int start) throws UnfitRecordException {
        if (!hasValue(slot, values)) {
            return;
        }
        int before = out.size();
        if (before > start + 1) {
            out.add(',');
        }
        if (slot.object == null) {
            out.add(values[slot.assignments[0]]);
        } else if (!slot.object.write(out, null, values)) {
            out.cut(before);
        }
    }

    private static boolean hasValue(Slot slot, Span[] values) {
        for (int i = 0; i < slot.assignments.length; i++) {
            Span value = values[slot.assignments[i]];
            if (value != null && (slot.hasConstantsOnly || slot.fromRecord[i] && !value.isEmpty())) {
                return true;
            }
        }
        return false;
    }
}
