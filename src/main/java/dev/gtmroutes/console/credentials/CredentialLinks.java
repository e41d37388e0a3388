// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.Comparator;

import jakarta.inject.Singleton;

/** Where a person replaces the credential that keeps a flow from delivering. */
@Singleton
public class CredentialLinks {

    private final CredentialList credentials;

    CredentialLinks(CredentialList credentials) {
        this.credentials = credentials;
    }

    /** The row of the credential that the vendor refused, or else of one that the flow uses. */
    public String of(String flow) {
        return credentials.all().stream().filter(each -> each.flows().contains(flow))
                .min(Comparator.comparing(each -> each.state() != CredentialState.REFUSED))
                .map(each -> "/credentials#" + each.vendor() + "-" + each.name()).orElse("/credentials");
    }
}
