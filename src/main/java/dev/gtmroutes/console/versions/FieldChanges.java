// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;

/** Which fields of a flow differ between two forms. */
public final class FieldChanges {

    private static final int MOST_CHARACTERS = 60;

    private final Kamelets known;
    private final List<FieldChange> changes = new ArrayList<>();

    private FieldChanges(Kamelets known) {
        this.known = known;
    }

    /**
     * Compares forms with all their values.
     *
     * @param forViewer whether they are shown to a person who may change nothing
     */
    public static List<FieldChange> of(FlowForm before, FlowForm after, Kamelets known, boolean forViewer) {
        FieldChanges all = new FieldChanges(known);
        FlowForm shownBefore = forViewer ? before.forViewer(known) : before.masked(known);
        FlowForm shownAfter = forViewer ? after.forViewer(known) : after.masked(known);
        all.add("", "Name", before.id(), after.id(), before.id(), after.id());
        all.add("description", "Description", before.description(), after.description(), shownBefore.description(),
                shownAfter.description());
        all.add("", "Activated", start(before), start(after), start(before), start(after));
        all.add("source", "Source", before.source(), after.source(), all.title(before.source()),
                all.title(after.source()));
        all.parameters("source.", Stream.of(before.source(), after.source()), before.sourceParameters(),
                after.sourceParameters(), shownBefore.sourceParameters(), shownAfter.sourceParameters());
        all.add("template", "Endpoint", before.template(), after.template(), all.title(before.template()),
                all.title(after.template()));
        all.parameters("sink.", Stream.of(before.template(), after.template()), before.templateParameters(),
                after.templateParameters(), shownBefore.templateParameters(), shownAfter.templateParameters());
        return all.changes;
    }

    private static String start(FlowForm form) {
        return text(form.autoStartup());
    }

    private String title(String kamelet) {
        return known.find(kamelet).map(KameletDefinition::plainTitle).orElse(kamelet);
    }

    private void add(String name, String label, String before, String after, String shownBefore, String shownAfter) {
        if (!before.equals(after)) {
            boolean isHidden = shownBefore.equals(shownAfter);
            changes.add(new FieldChange(name, label, isHidden ? FlowForm.KEPT : shownBefore,
                    isHidden ? FlowForm.KEPT : shownAfter,
                    isHidden || shownBefore.contains("\n") || shownAfter.contains("\n")
                            ? label + (isHidden ? ": changed (hidden)" : ": changed")
                            : label + ": " + cut(shownBefore, "none") + " → " + cut(shownAfter, "none")));
        }
    }

    private void parameters(String prefix, Stream<String> kamelets, Map<String, String> before, Map<String, String> after,
            Map<String, String> shownBefore, Map<String, String> shownAfter) {
        Map<String, Parameter> declared = new LinkedHashMap<>();
        kamelets.map(known::find).flatMap(Optional::stream).map(KameletDefinition::parameters)
                .forEach(all -> all.forEach(each -> declared.putIfAbsent(each.name(), each)));
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String each : names) {
            String old = before.getOrDefault(each, "").strip();
            String now = after.getOrDefault(each, "").strip();
            if (!old.equals(now) && !now.equals(FlowForm.KEPT) && !each.equals(FlowForm.FLOW)) {
                changes.add(change(prefix + each, declared.get(each), each, shownBefore.getOrDefault(each, ""),
                        shownAfter.getOrDefault(each, "")));
            }
        }
    }

    private static FieldChange change(String name, Parameter parameter, String id, String before, String after) {
        String label = parameter == null || parameter.title().isEmpty() ? id : parameter.title();
        return new FieldChange(name, label, before, after, label + ": " + words(parameter, before, after));
    }

    private static String words(Parameter parameter, String before, String after) {
        String none = parameter == null || parameter.defaultValue() == null ? "none" : "default";
        boolean isHidden = before.equals(FlowForm.KEPT) || after.equals(FlowForm.KEPT) || before.equals(after);
        if (isHidden || before.contains("\n") || after.contains("\n") || parameter != null && parameter.isMapping()) {
            return (before.isEmpty() ? "added" : after.isEmpty() ? "removed" : "changed") + (isHidden ? " (hidden)" : "");
        }
        if (parameter != null && parameter.format().endsWith("attributes")) {
            List<String> was = names(before);
            List<String> is = names(after);
            List<String> added = is.stream().filter(each -> !was.contains(each)).toList();
            List<String> removed = was.stream().filter(each -> !is.contains(each)).toList();
            if (!added.isEmpty() || !removed.isEmpty()) {
                return cut(String.join(", ", Stream.concat(added.stream().map(each -> each + " added"),
                        removed.stream().map(each -> each + " removed")).toList()), none);
            }
        }
        return cut(text(before), none) + " → " + cut(text(after), none);
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    private static String text(String value) {
        return value.equals("true") ? "Yes" : value.equals("false") ? "No" : value;
    }

    private static String cut(String value, String none) {
        return value.isEmpty() ? none
                : value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) + " …" : value;
    }
}
