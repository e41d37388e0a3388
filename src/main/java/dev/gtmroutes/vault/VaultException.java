// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.vault;

/** Stored credentials cannot be read or changed; the message is for a person, without secrets and without a final dot. */
public final class VaultException extends Exception {

    private static final long serialVersionUID = 1L;

    VaultException(String message) {
        super(message);
    }
}
