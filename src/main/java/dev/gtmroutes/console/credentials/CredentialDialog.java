// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.lint.flow.VendorApi;

/**
 * In which a person enters a credential.
 *
 * @param row     the one that gets other values; null for a new one
 * @param vendors that can be chosen
 * @param chosen  the vendor that is chosen first, such as {@code people-ai}
 * @param waiting ids of the flows that wait for the credential
 */
public record CredentialDialog(CredentialRow row, List<Vendor> vendors, String chosen, List<String> waiting) {

    /**
     * A vendor API.
     *
     * @param name  such as {@code people-ai}
     * @param title for people
     */
    public record Vendor(String name, String title, List<CredentialKind> kinds) {

        static Vendor of(VendorApi api, List<CredentialKind> kinds) {
            return new Vendor(api.name(), api.title(), kinds);
        }
    }

    /**
     * The fields of one kind, of which one group is shown at a time.
     *
     * @param isShown without a script that says something else
     */
    public record Group(Vendor vendor, CredentialKind kind, boolean isShown) {

        public String id() {
            return vendor.name + "-" + kind.id().replace("+", "-");
        }
    }

    /** The chosen one, also if a link names none that there is. */
    private String first() {
        return vendors.stream().map(Vendor::name).filter(each -> each.equals(chosen)).findFirst()
                .orElse(vendors.isEmpty() ? "" : vendors.get(0).name);
    }

    public boolean isChosen(Vendor vendor) {
        return vendor.name.equals(first());
    }

    /** The kind that the credential has, or the first one. */
    public boolean isChosen(Vendor vendor, CredentialKind kind) {
        boolean known = row != null && vendor.kinds.stream().anyMatch(each -> each.title().equals(row.it().kind()));
        return known ? kind.title().equals(row.it().kind()) : kind.equals(vendor.kinds.get(0));
    }

    /** Of all vendors and kinds. */
    public List<Group> groups() {
        List<Group> all = new ArrayList<>();
        vendors.forEach(vendor -> vendor.kinds.forEach(kind -> all.add(new Group(vendor, kind,
                isChosen(vendor) && isChosen(vendor, kind)))));
        return all;
    }

    public boolean isNew() {
        return row == null;
    }

    public String heading() {
        return isNew() ? "New credential" : (row.it().anySet() ? "Replace the " : "Add a value to the ") + row.it().title()
                + " credential “" + row.it().name() + "”";
    }

    public String uses() {
        int count = isNew() ? 0 : row.it().flows().size();
        return isNew() ? "Flows choose the credential by this name." : count == 1 ? "1 flow uses this credential."
                : count == 0 ? "No flow uses this credential." : count + " flows use this credential.";
    }

    public String verb() {
        String save = isNew() || !row.it().anySet() ? "Save" : "Replace";
        return Stream.of(waiting).filter(each -> each.size() == 1).map(each -> save + " and continue " + each.get(0))
                .findFirst().orElse(save + (waiting.isEmpty() ? " credential" : " and continue " + waiting.size()
                        + " flows"));
    }
}
