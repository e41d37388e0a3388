// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.io.IOException;

/** A sender takes longer for a body than the settings allow. */
public final class SlowSenderException extends IOException {

    private static final long serialVersionUID = 1L;

    SlowSenderException(String message) {
        super(message);
    }
}
