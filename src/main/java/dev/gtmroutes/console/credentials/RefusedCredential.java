// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

/** A credential cannot be stored, tested or deleted; the message is for a person, without any value. */
final class RefusedCredential extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedCredential(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Of the answer. */
    int status() {
        return status;
    }
}
