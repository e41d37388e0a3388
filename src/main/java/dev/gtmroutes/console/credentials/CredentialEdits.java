// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.CredentialActivity;
import dev.gtmroutes.credential.CredentialName;
import dev.gtmroutes.credential.TestedConnection;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.vault.CredentialVault;
import dev.gtmroutes.vault.VaultException;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/** Stores and deletes credentials, with effect on the next request. */
@Singleton
class CredentialEdits {

    private static final Logger LOG = Logger.getLogger(CredentialEdits.class);
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_VALUE = 8192;
    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final CredentialList list;
    private final CredentialTests tests;
    private final CredentialVault vault;
    private final Flows flows;
    private final CredentialActivity activity;

    CredentialEdits(CredentialList list, CredentialTests tests, CredentialVault vault, Flows flows, CamelContext camel) {
        this.list = list;
        this.tests = tests;
        this.vault = vault;
        this.flows = flows;
        this.activity = CredentialActivity.of(camel);
    }

    /**
     * Stores the values of a credential in the place of those that it has.
     *
     * @param given values by the ends of the names of their settings
     * @return      whether it is a new one
     */
    synchronized boolean put(VendorApi api, String name, Map<String, String> given) throws RefusedCredential {
        Map<String, String> values = checked(api, name, given);
        boolean isNew = list.all().stream().noneMatch(each -> each.vendor().equals(api.name()) && each.name().equals(name)
                && each.anySet());
        try {
            vault.put(its(api, name), offered(api), values);
        } catch (VaultException e) {
            throw new RefusedCredential(UNAVAILABLE, e.getMessage());
        }
        changed(api, name);
        LOG.infof("Credential %s: %s in the console", api.route(name), isNew ? "stored" : "replaced");
        return isNew;
    }

    /** A person who adds a credential does not expect that another one is gone then. */
    void checkNew(VendorApi api, String name) throws RefusedCredential {
        for (CredentialJson each : list.all()) {
            if (each.vendor().equals(api.name()) && each.name().equals(name) && each.anySet()) {
                if (each.storedIn().isLocked()) {
                    throw new RefusedCredential(CONFLICT, locked(each) + " To add another credential, enter another name.");
                }
                throw new RefusedCredential(CONFLICT, "There is a credential of " + api.title() + " with the name “" + name
                        + "”. Enter another name, or replace it in the list.");
            }
        }
    }

    /** Deletes what is stored of a credential, also where settings keep it from being used. */
    synchronized void delete(VendorApi api, String name) throws RefusedCredential {
        CredentialJson known = list.find(api.name(), name);
        if (!known.isStored()) {
            notLocked(known);
            throw new RefusedCredential(CONFLICT, "This credential has no stored value.");
        }
        try {
            vault.remove(its(api, name), offered(api));
        } catch (VaultException e) {
            throw new RefusedCredential(UNAVAILABLE, e.getMessage());
        }
        changed(api, name);
        LOG.infof("Credential %s: deleted in the console", api.route(name));
    }

    /** Tests values before they are stored. */
    TestedConnection trial(VendorApi api, String name, Map<String, String> given)
            throws RefusedCredential, InterruptedException {
        Map<String, String> values = checked(api, name, given);
        if (!kind(api, values.keySet()).isTestable()) {
            throw new RefusedCredential(CONFLICT, "A test uses up the refresh token. Save the credential, then test it.");
        }
        return tests.trial(api, name, values);
    }

    private void changed(VendorApi api, String name) {
        for (VendorApi each : list.apis()) {
            if (each.settings().equals(api.settings())) {
                activity.forget(each.route(name));
                tests.forget(each.route(name));
            }
        }
        flows.credentialChanged(list.flowsOf(its(api, name)));
    }

    private static CredentialName its(VendorApi api, String name) {
        return new CredentialName(api.settings(), name);
    }

    private Set<String> offered(VendorApi api) {
        return CredentialKind.names(list.kinds(api));
    }

    private Map<String, String> checked(VendorApi api, String name, Map<String, String> given) throws RefusedCredential {
        if (!VendorApi.isCredential(name) || name.length() > LONGEST_NAME || name.equals(Credential.NONE)) {
            throw new RefusedCredential(UNPROCESSABLE, "Enter a name of letters, digits, - and _, at most " + LONGEST_NAME
                    + " characters long.");
        }
        for (CredentialJson each : list.all()) {
            if (each.vendor().equals(api.name()) && each.name().equals(name)) {
                notLocked(each);
            }
        }
        Map<String, String> values = new HashMap<>();
        given.forEach((field, value) -> values.put(field, value == null ? "" : value.strip()));
        for (CredentialKind.Field field : kind(api, values.keySet()).fields()) {
            String value = values.get(field.name());
            if (value.isEmpty()) {
                throw new RefusedCredential(UNPROCESSABLE, "Enter a value: " + field.title() + ".");
            }
            if (!value.matches("[!-~]+")) {
                throw new RefusedCredential(UNPROCESSABLE,
                        field.title() + ": the value contains a space or a character that "
                                + "is not ASCII. Copy it again.");
            }
            if (value.length() > LONGEST_VALUE) {
                throw new RefusedCredential(UNPROCESSABLE, field.title() + ": the value is longer than " + LONGEST_VALUE
                        + " characters.");
            }
        }
        return values;
    }

    private CredentialKind kind(VendorApi api, Set<String> names) throws RefusedCredential {
        List<CredentialKind> kinds = list.kinds(api);
        return kinds.stream().filter(each -> each.names().equals(names)).findFirst()
                .orElseThrow(() -> new RefusedCredential(UNPROCESSABLE, "Enter the values of one kind: " + kinds.stream()
                        .map(each -> each.id().replace("+", " and ")).collect(Collectors.joining("; or ")) + "."));
    }

    private static void notLocked(CredentialJson known) throws RefusedCredential {
        if (known.storedIn().isLocked()) {
            throw new RefusedCredential(CONFLICT, locked(known));
        }
    }

    private static String locked(CredentialJson known) {
        return "This credential is read-only here. " + known.storedIn().help();
    }
}
