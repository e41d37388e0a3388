// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The time zone of the person who looks at a page: today is a day of theirs, on every page. */
public final class BrowserZone {

    /** The cookie in which the pages tell it. */
    public static final String COOKIE = "zone";

    private BrowserZone() {
    }

    /** That of the program where the browser has told none that there is. @param cookie may be null */
    public static ZoneId of(String cookie) {
        try {
            return cookie == null || cookie.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(cookie);
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    /** When today began in this zone. */
    public static ZonedDateTime midnight(ZoneId zone) {
        return LocalDate.now(zone).atStartOfDay(zone);
    }
}
