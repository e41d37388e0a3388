// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;

/** Which templates can be run for a preview: those that do nothing but call the delivery, which sends nothing then. */
final class PreviewableTemplates {

    private static final String DELIVERY = "http-delivery-sink";

    private final Kamelets known;

    PreviewableTemplates(Kamelets known) {
        this.known = known;
    }

    /** Whether all its steps call the delivery, or Kamelets that themselves do nothing else. */
    boolean has(KameletDefinition template) {
        return has(template, new HashSet<>());
    }

    private boolean has(KameletDefinition template, Set<String> seen) {
        if (!seen.add(template.fileName()) || !Outline.callsOnlyKamelets(template)) {
            return false;
        }
        List<String> called = Outline.steps(template);
        return !called.isEmpty() && called.stream().allMatch(each -> each.equals(DELIVERY)
                || known.find(each).filter(kamelet -> has(kamelet, seen)).isPresent());
    }
}
