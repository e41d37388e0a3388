// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.IOException;

/** What is remembered cannot be read any more: a file is damaged. */
public final class DamagedFormsException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedFormsException(String message, Throwable cause) {
        super(message, cause);
    }
}
