// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.nio.file.Path;

import dev.gtmroutes.disk.FreeSpace;

/** A body was not taken: nothing of it is, or will become, visible in the inbox. */
public final class IntakeRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** What was in the way. */
    public enum Reason {
        /** The flow's id cannot be the name of a folder. */
        BAD_FLOW,
        /** The body has no bytes, or only white space. */
        EMPTY,
        /** The body, or a record in it, has more bytes than the settings allow. */
        TOO_LARGE,
        /** The body could not be read to its end: the sender went away, or it is not what it claims to be. */
        UNREADABLE,
        /** The disk did not take the body. */
        NOT_STORED,
        /** The intake is closed. */
        CLOSED
    }

    private final Reason reason;

    IntakeRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    IntakeRefused(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** @param folder where the records could not be written to */
    static IntakeRefused notStored(Throwable cause, Path folder) {
        String shortage = FreeSpace.shortage(cause, folder);
        return new IntakeRefused(Reason.NOT_STORED, "The records could not be written to the inbox"
                + (shortage == null ? "" : ": " + shortage) + ". Nothing of this request was saved; send it again later.",
                cause);
    }

    static IntakeRefused closed() {
        return new IntakeRefused(Reason.CLOSED, "The program is stopping. Nothing of this request was saved; send it again "
                + "later.");
    }

    static IntakeRefused released() {
        return new IntakeRefused(Reason.CLOSED,
                "The flow is being renamed. Nothing of this request was saved; send it to the "
                        + "new name of the flow.");
    }

    /** What was in the way; {@link #getMessage()} says it in one sentence that is fit for the sender. */
    public Reason reason() {
        return reason;
    }
}
