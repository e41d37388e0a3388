// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

/** What a person asked for cannot be done. The message says why, and what to do, in one line. */
public final class LetterRefusedException extends Exception {

    LetterRefusedException(String message) {
        super(message);
    }
}
