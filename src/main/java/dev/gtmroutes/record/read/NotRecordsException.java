// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

/** The content as a whole is no record file; the message says why in one sentence. */
public class NotRecordsException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the person who sent the content */
    public NotRecordsException(String message) {
        super(message);
    }
}
