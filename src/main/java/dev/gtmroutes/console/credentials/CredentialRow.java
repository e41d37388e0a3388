// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.List;

import dev.gtmroutes.console.state.VendorMark;

/**
 * A credential as the page lists it.
 *
 * @param it   what is known of it
 * @param mark of its vendor
 */
public record CredentialRow(CredentialJson it, VendorMark mark) {

    private static final int MOST_FLOWS = 4;

    /** Of its row in the page. */
    public String id() {
        return it.vendor() + "-" + it.name();
    }

    /** Such as People.ai default. */
    public String called() {
        return it.title() + " " + it.name();
    }

    /** The flows that are named. */
    public List<String> shownFlows() {
        return it.flows().stream().limit(MOST_FLOWS).toList();
    }

    /** How many are not. */
    public int moreFlows() {
        return Math.max(0, it.flows().size() - MOST_FLOWS);
    }

    public String allFlows() {
        return String.join(", ", it.flows());
    }

    /** Whether the program stores it, and does not use what it stores. */
    public boolean isStoredInVain() {
        return it.isStored() && it.storedIn().isLocked();
    }

    /** What a person agrees to who deletes it. */
    public String consequence() {
        if (isStoredInVain()) {
            return "The stored value of the credential " + called() + " will be deleted. No flow uses it, because the value "
                    + "in use is from elsewhere: " + it.storedIn().text() + ". This cannot be undone.";
        }
        int count = it.flows().size();
        String flows = count == 0 ? "No flow uses it."
                : count == 1 ? "The flow " + allFlows() + " uses it. It stops, and its "
                        + "records wait until it has another credential."
                : count + " flows use it: " + named() + ". They stop, and "
                        + "their records wait until they have another credential.";
        return "The credential " + called() + " will be deleted. " + flows + " This cannot be undone.";
    }

    private String named() {
        return String.join(", ", shownFlows()) + (moreFlows() > 0 ? " and " + moreFlows() + " more" : "");
    }
}
