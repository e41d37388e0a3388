// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.CallLimits;

/**
 * A part of the sources or templates that a person chooses from: those of one vendor.
 *
 * @param title such as People.ai
 * @param cards in the order of the page
 */
public record KameletMenu(String title, List<KameletCard> cards) {

    private static final String MANUAL = "-request-sink";

    static List<KameletMenu> sources(Kamelets known, String chosen) {
        return of(known, "source", chosen);
    }

    static List<KameletMenu> templates(Kamelets known, String chosen) {
        return of(known, "sink", chosen);
    }

    /** Those of APIs follow what is for any system in sources, and come first in templates. */
    private static List<KameletMenu> of(Kamelets known, String type, String chosen) {
        Map<String, List<KameletCard>> groups = new TreeMap<>();
        known.all().stream().filter(each -> each.type().equals(type) && !CallLimits.isBuildingBlock(each))
                .sorted(Comparator.comparing(KameletMenu::isManual).thenComparing(KameletDefinition::title))
                .forEach(each -> groups.computeIfAbsent(vendor(each), group -> new ArrayList<>())
                        .add(new KameletCard(each, each.fileName().equals(chosen))));
        return groups.entrySet().stream().map(each -> new KameletMenu(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(each -> each.isOfApi() != type.equals("sink"))).toList();
    }

    /** Whether they call the API of a vendor, which wants a credential. */
    public boolean isOfApi() {
        return cards.stream().anyMatch(each -> each.kamelet().parameter(FormField.CREDENTIAL).isPresent());
    }

    /** What people call it: the vendor, or the only thing that there is to choose where there is no vendor. */
    public String name() {
        return isOfApi() || cards.size() > 1 ? title : title(cards.get(0).kamelet());
    }

    public boolean isChosen() {
        return cards.stream().anyMatch(KameletCard::isChosen);
    }

    /** Whether it is shown before a person asks for it. */
    public boolean isOpen() {
        return !isOfApi() || isChosen();
    }

    public List<KameletCard> endpoints() {
        return cards.stream().filter(each -> !each.isManual()).toList();
    }

    public List<KameletCard> manual() {
        return cards.stream().filter(KameletCard::isManual).toList();
    }

    static Stream<KameletCard> all(List<KameletMenu> menus) {
        return menus.stream().flatMap(each -> each.cards().stream());
    }

    /** Whose API it is for, or what kind of source it is. */
    public static String vendor(KameletDefinition kamelet) {
        return kamelet.group().orElse("Others");
    }

    static boolean isManual(KameletDefinition kamelet) {
        return kamelet.fileName().endsWith(MANUAL);
    }

    /** Without the word that says what kind of Kamelet it is. */
    public static String title(KameletDefinition kamelet) {
        return isManual(kamelet) ? "Manual request: any endpoint"
                : kamelet.plainTitle();
    }
}
