// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.audit;

import java.util.Locale;

/** What a person or a program did. */
public enum AuditAction {
    /** Began a session in a browser, or sent the first request of an hour with HTTP basic authentication. */
    LOGGED_IN,
    /** Gave a wrong password. */
    LOG_IN_FAILED,
    LOGGED_OUT,
    /** Created a flow. */
    CREATED,
    /** Changed the file of a flow. */
    EDITED,
    /** Put an earlier version of a flow back, or a flow that was deleted. */
    RESTORED,
    /** Gave a flow another name; the subject is the new one. */
    RENAMED,
    /** Deleted a flow. */
    DELETED,
    PAUSED,
    /** Started a flow, now and after a restart. */
    ACTIVATED,
    /** Started a flow until a restart. */
    RESUMED,
    /** Started the next attempts of requests that failed, without the rest of the retry delay. */
    RETRIED,
    /** Put a file into the inbox of a flow. */
    UPLOADED,
    /** Changed the record of a dead letter. */
    EDITED_RECORD,
    /** Sent the records of dead letters again. */
    REPLAYED,
    /** Closed dead letters without sending their records. */
    DISCARDED,
    /** Reset what Only Changed remembers. */
    FORGOT,
    /** Sent a test request with a template, or tested a credential. */
    TESTED,
    /** Stored a new credential. */
    CREATED_CREDENTIAL,
    /** Replaced the values of a stored credential. */
    REPLACED_CREDENTIAL,
    DELETED_CREDENTIAL,
    /** Replaced the sample of a flow. */
    SAVED_SAMPLE;

    /** As it is written, such as {@code logged in}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("log in", "log-in");
    }
}
