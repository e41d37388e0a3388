// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

/** A record cannot be made into what the destination takes. The message says why, as the end of a sentence. */
public final class UnfitRecordException extends Exception {

    public UnfitRecordException(String message) {
        super(message);
    }
}
