// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.IOException;

/** What was delivered cannot be looked up or written for now: records wait until it can, and nothing is sent meanwhile. */
public class FormsUnavailableException extends IOException {

    /** @param message one line for a person, without secrets */
    public FormsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
