// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

import dev.gtmroutes.console.watch.CredentialList;
import dev.gtmroutes.credential.TestedConnection;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.CredentialUse;
import dev.gtmroutes.lint.flow.VendorApi;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The credentials that a source or template can send, each with what is known of it. */
@Singleton
class CredentialChoices {

    private static final String DEFAULT = "default";

    private final Flows flows;
    private final Config settings;
    private final CredentialList credentials;

    CredentialChoices(Flows flows, Config settings, CredentialList credentials) {
        this.flows = flows;
        this.settings = settings;
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
        Set<String> names = new LinkedHashSet<>(List.of(DEFAULT));
        StreamSupport.stream(settings.getPropertyNames().spliterator(), false)
                .flatMap(each -> api.credentialIn(each).stream()).sorted().forEach(names::add);
        String value = chosen.isEmpty() ? DEFAULT : chosen;
        names.add(value);
        List<FormField.Choice> choices = new ArrayList<>();
        for (String each : names) {
            choices.add(new FormField.Choice(each.equals(DEFAULT) && chosen.isEmpty() ? "" : each,
                    each + state(api, each), each.equals(value)));
        }
        return choices;
    }

    private String state(VendorApi api, String name) {
        if (!VendorApi.isCredential(name)) {
            return "";
        }
        TestedConnection test = credentials.lastTest(api, name);
        return !credentials.isSet(api, name) ? " (no value)" : test == null ? " (not tested)"
                : test.works() ? " (accepted)" : " (refused)";
    }
}
