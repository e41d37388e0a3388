// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;

/** The API does not do what it is asked to: what it would answer next is no news either. A person has to know. */
final class ReadStoppedException extends IOException {

    private static final long serialVersionUID = 1;

    ReadStoppedException(String message) {
        super(message);
    }
}
