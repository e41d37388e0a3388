// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.console.credentials.CredentialList;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.CredentialUse;
import dev.gtmroutes.lint.flow.VendorApi;
import jakarta.inject.Singleton;

/** The credentials that a source or template can send, each with what is known of it. */
@Singleton
class CredentialChoices {

    private static final String DEFAULT = "default";

    private final Flows flows;
    private final CredentialList credentials;

    CredentialChoices(Flows flows, CredentialList credentials) {
        this.flows = flows;
        this.credentials = credentials;
    }

    /** The API that a Kamelet sends its credential to, such as {@code people-ai}; empty if it sends none. */
    private Optional<VendorApi> api(String kamelet) {
        return flows.kamelets().find(kamelet).filter(each -> each.parameter(FormField.CREDENTIAL).isPresent())
                .flatMap(each -> CredentialUse.apis(kamelet, flows.kamelets()).stream().findFirst());
    }

    /** The API that a new credential for a vendor would be for; empty for none. */
    String newFor(String vendor) {
        return flows.kamelets().all().stream().filter(each -> each.type().equals("sink")
                && KameletMenu.vendor(each).equals(vendor) && each.parameter(FormField.CREDENTIAL).isPresent()).findFirst()
                .flatMap(each -> api(each.fileName())).map(VendorApi::name).orElse("");
    }

    /**
     * @param kamelet that sends it
     * @param chosen  what the form has, which stays among them; empty for none
     * @return empty where nobody can say which there are
     */
    List<FormField.Choice> of(String kamelet, String chosen) {
        return api(kamelet).map(each -> of(each, chosen)).orElse(List.of());
    }

    private List<FormField.Choice> of(VendorApi api, String chosen) {
        Map<String, String> states = new LinkedHashMap<>(Map.of(DEFAULT, ""));
        credentials.all().stream().filter(each -> each.vendor().equals(api.name()))
                .forEach(each -> states.put(each.name(), " (" + each.state().text().toLowerCase(Locale.ROOT) + ")"));
        String value = chosen.isEmpty() ? DEFAULT : chosen;
        states.putIfAbsent(value, VendorApi.isCredential(value) ? " (no value)" : "");
        return states.entrySet().stream().map(each -> new FormField.Choice(
                each.getKey().equals(DEFAULT) && chosen.isEmpty() ? "" : each.getKey(),
                each.getKey() + each.getValue(), each.getKey().equals(value))).toList();
    }
}
