// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.kamelet.Kamelets;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** In templates: {@code {cdi:shownNames.of(text)}} names parameters, Kamelets and credentials as the form does. */
@Named
@Singleton
public class ShownNames {

    private final Flows flows;
    private Kamelets known;
    private NamesInText names;

    ShownNames(Flows flows) {
        this.flows = flows;
    }

    /** @param text of the program, also for people who see files only; null for none */
    public String of(String text) {
        return text == null || text.isEmpty() ? "" : names().shown(text);
    }

    private synchronized NamesInText names() {
        Kamelets now = flows.kamelets();
        if (known != now) {
            known = now;
            names = new NamesInText(now);
        }
        return names;
    }
}
