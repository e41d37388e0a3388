// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.Comparator;

import dev.gtmroutes.console.web.QueryText;
import jakarta.inject.Singleton;

/** Where a person replaces the credential that keeps a flow from delivering. */
@Singleton
public class CredentialLinks {

    private final CredentialList credentials;

    CredentialLinks(CredentialList credentials) {
        this.credentials = credentials;
    }

    /**
     * Where a person goes.
     *
     * @param href       an address of the console
     * @param mayReplace whether the dialog of the credential opens there; otherwise the console cannot replace it
     */
    public record Link(String href, boolean mayReplace) {
    }

    /** The credential that the vendor refused, or else one that the flow uses. */
    public Link of(String flow) {
        return credentials.all().stream().filter(each -> each.flows().contains(flow))
                .min(Comparator.comparing(each -> each.state() != CredentialState.REFUSED))
                .map(CredentialLinks::link).orElse(new Link("/credentials", false));
    }

    private static Link link(CredentialJson credential) {
        return credential.storedIn().isLocked()
                ? new Link("/credentials#" + credential.vendor() + "-" + credential.name(), false)
                : new Link("/credentials?vendor=" + QueryText.encoded(credential.vendor()) + "&name="
                        + QueryText.encoded(credential.name()), true);
    }
}
