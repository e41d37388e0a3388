// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

/** What a person asked for cannot be done. The message says why, and what to do, in one line. */
public final class LetterRefusedException extends Exception {

    public LetterRefusedException(String message) {
        super(message);
    }

    /** There is no file for a flow any more, so that its records would wait for ever. */
    public static LetterRefusedException flowIsGone(String flow) {
        return new LetterRefusedException("the flow " + flow + " does not exist any more, so the program cannot send its "
                + "records. Create a flow with this name, or discard the dead letters");
    }
}
