// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

/** A way of getting tokens from a token endpoint. Called by one thread at a time. */
interface Grant {

    /**
     * @param  refused a token that must not come back, may be null
     * @return         a fresh token
     * @throws NoTokenException if there is none for now
     */
    AccessToken obtain(AccessToken refused);
}
