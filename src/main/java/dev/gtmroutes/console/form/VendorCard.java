// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import dev.gtmroutes.console.state.VendorMark;

/**
 * A vendor, or another destination, as a card that a person chooses.
 *
 * @param menu     its templates
 * @param isChosen whether the form has it
 */
public record VendorCard(KameletMenu menu, VendorMark mark, boolean isChosen) {

    public String title() {
        return menu.title();
    }

    public String name() {
        return menu.name();
    }

    public boolean isVendor() {
        return menu.isOfApi();
    }

    /** Of the element in the page. */
    public String id() {
        return "vendor-" + title().replaceAll("[^\\p{L}\\p{N}]+", "-");
    }

    /** How many endpoints there are, or what the only one does, in words. */
    public String count() {
        if (!isVendor() && menu.cards().size() == 1) {
            return menu.cards().get(0).effect();
        }
        int all = menu.endpoints().size();
        return all + (all == 1 ? " endpoint" : " endpoints")
                + (menu.manual().isEmpty() ? "" : ", and any other endpoint as a manual request");
    }
}
