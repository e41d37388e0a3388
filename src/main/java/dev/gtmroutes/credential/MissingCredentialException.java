// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

/** No setting, no file and no stored credential has a value that is needed: it works as soon as one has. */
public final class MissingCredentialException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MissingCredentialException(String message) {
        super(message);
    }
}
