// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

/** A file was not taken; nothing of it is left. Its message says why, for the person who has sent it. */
final class UploadRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    UploadRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Of HTTP. */
    int status() {
        return status;
    }
}
