// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A place in the mapped record: a value, an object, or a list. Built line by line, then only read. */
final class TargetNode {

    /**
     * An element of a list, or as many elements as the lists have whose values it takes.
     *
     * @param element     its value or object
     * @param assignments positions of those whose values it takes
     */
    record Slot(TargetNode element, List<Integer> assignments) {
    }

    private final Map<String, TargetNode> children = new LinkedHashMap<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Map<List<String>, Integer> used = new HashMap<>();
    private int assignment = -1;
    private int line;
    private String text = "";

    /**
     * Adds an assignment below this node, the root.
     *
     * @param position of the assignment among all
     * @throws IllegalArgumentException if another line assigns to the same place, or to one around or within it
     */
    void add(Assignment added, int position) {
        TargetPath target = added.target();
        TargetNode node = this;
        List<Integer> inSlot = null;
        for (int i = 0; i < target.names().size(); i++) {
            node = node.child(target.names().get(i), added);
            if (i == target.list()) {
                Slot slot = node.slot(target.names().subList(i + 1, target.names().size()), added);
                inSlot = slot.assignments;
                node = slot.element;
            }
        }
        if (!node.children.isEmpty() || !node.slots.isEmpty() || node.assignment >= 0) {
            throw node.conflict();
        }
        node.mark(added);
        node.assignment = position;
        if (inSlot != null) {
            inSlot.add(position);
        }
    }

    private TargetNode child(String name, Assignment added) {
        if (assignment >= 0 || !slots.isEmpty()) {
            throw conflict();
        }
        mark(added);
        return children.computeIfAbsent(name, key -> new TargetNode());
    }

    private Slot slot(List<String> rest, Assignment added) {
        boolean mixed = !used.isEmpty() && used.containsKey(List.of()) != rest.isEmpty();
        if (assignment >= 0 || !children.isEmpty() || mixed) {
            throw conflict();
        }
        mark(added);
        int number = used.merge(rest, 1, Integer::sum) - 1;
        if (number == slots.size()) {
            slots.add(new Slot(new TargetNode(), new ArrayList<>()));
        }
        return slots.get(number);
    }

    private void mark(Assignment added) {
        if (line == 0) {
            line = added.line();
            text = added.target().toString();
        }
    }

    private IllegalArgumentException conflict() {
        return new IllegalArgumentException(
                "line " + line + " assigns " + text + " already, and a record has one value there. "
                        + "Remove one of the two lines");
    }

    /** The position of the assignment whose value stands here, or -1. */
    int assignment() {
        return assignment;
    }

    boolean isList() {
        return !slots.isEmpty();
    }

    List<Slot> slots() {
        return slots;
    }

    /** What is in the object, by name. */
    Map<String, TargetNode> children() {
        return children;
    }
}
