// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the tables are.
 *
 * @param url      {@code jdbc:postgresql:…}
 * @param user     name of the user; empty where the URL has it
 * @param password asked for again after each failure; fails with an {@link IllegalArgumentException} if there is none to be
 *                 had
 * @param longest  the longest time from a request's first byte to its outcome
 */
public record TableSettings(String url, String user, Supplier<String> password, Duration longest) {

    /** The database for people, without what may be a secret. */
    String address() {
        return url.replaceFirst("[?].*", "").replaceFirst("^jdbc:\\w*:(//)?([^/]*@)?", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return address();
    }
}
