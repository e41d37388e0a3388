// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.CallLimits;

/**
 * A part of the menu of sources or templates: those of one vendor.
 *
 * @param title   such as People.ai
 * @param options in the order of the menu
 */
public record KameletMenu(String title, List<Option> options) {

    private static final String GROUP = "camel.apache.org/kamelet.group";
    private static final String MANUAL = "-request-sink";

    /** One that can be chosen. */
    public record Option(String name, String title) {
    }

    static List<KameletMenu> sources(Kamelets known) {
        return of(known, "source");
    }

    static List<KameletMenu> templates(Kamelets known) {
        return of(known, "sink");
    }

    private static List<KameletMenu> of(Kamelets known, String type) {
        Map<String, List<Option>> groups = new TreeMap<>();
        known.all().stream().filter(each -> each.type().equals(type) && !CallLimits.isBuildingBlock(each))
                .sorted(Comparator.comparing((KameletDefinition each) -> each.fileName().endsWith(MANUAL))
                        .thenComparing(KameletDefinition::title))
                .forEach(each -> groups.computeIfAbsent(vendor(each), group -> new ArrayList<>())
                        .add(new Option(each.fileName(), title(each))));
        return groups.entrySet().stream().map(each -> new KameletMenu(each.getKey(), each.getValue())).toList();
    }

    /** Whose API it is for, or what kind of source it is. */
    public static String vendor(KameletDefinition kamelet) {
        return kamelet.annotations().getOrDefault(GROUP, "Others");
    }

    /** Without the word that says what kind of Kamelet it is. */
    public static String title(KameletDefinition kamelet) {
        return kamelet.fileName().endsWith(MANUAL) ? "Manual request: any endpoint"
                : kamelet.title().replaceFirst(" (Source|Sink)$", "");
    }
}
