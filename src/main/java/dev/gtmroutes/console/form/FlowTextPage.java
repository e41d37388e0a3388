// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.lint.kamelet.Kamelets;

/**
 * A file of flows that no form can show, as text.
 *
 * @param file   its name
 * @param reason why no form can show it
 * @param text   what is in it, without what nobody may see
 * @param isCut  whether there is more of it
 */
public record FlowTextPage(String file, String reason, String text, boolean isCut) {

    static FlowTextPage of(StoredFlow stored, Kamelets known) {
        TruncatedText shown = TruncatedText.of(stored.masked(known));
        return new FlowTextPage(stored.path().toString(), stored.reason(), shown.text(), shown.isCut());
    }
}
