// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.VendorApi;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The names of the credentials that there are settings for, of all vendors whose API a Kamelet describes. */
@Singleton
class CredentialNames {

    private final Flows flows;
    private final Config settings;

    CredentialNames(Flows flows, Config settings) {
        this.flows = flows;
        this.settings = settings;
    }

    /** {@code default} among them: it stands for the settings without a name. */
    SortedSet<String> all() {
        List<VendorApi> apis = VendorApi.all(flows.kamelets());
        SortedSet<String> names = new TreeSet<>();
        names.add("default");
        StreamSupport.stream(settings.getPropertyNames().spliterator(), false)
                .flatMap(setting -> apis.stream().map(api -> api.credentialIn(setting)).flatMap(Optional::stream))
                .forEach(names::add);
        return names;
    }
}
