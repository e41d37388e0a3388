// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import dev.gtmroutes.console.state.VendorMark;

/**
 * A vendor as a card that a person chooses.
 *
 * @param menu     its templates
 * @param isChosen whether the form has it
 */
public record VendorCard(KameletMenu menu, VendorMark mark, boolean isChosen) {

    public String title() {
        return menu.title();
    }

    /** Of the element in the page. */
    public String id() {
        return "vendor-" + title().replaceAll("[^\\p{L}\\p{N}]+", "-");
    }

    /** How many endpoints there are, in words. */
    public String count() {
        int all = menu.endpoints().size();
        return all + (all == 1 ? " endpoint" : " endpoints")
                + (menu.manual().isEmpty() ? "" : ", and any other endpoint as a manual request");
    }
}
