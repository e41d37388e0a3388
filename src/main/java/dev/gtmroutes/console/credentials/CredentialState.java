// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the program knows about a credential since its start. */
public enum CredentialState {

    ACCEPTED("Accepted", "healthy", "circle-check"),
    REFUSED("Refused", "failing", "alert-circle"),
    /** A test got another response than the expected one, or none. */
    TEST_FAILED("Test failed", "retrying", "alert-triangle"),
    NO_VALUE("No value", "setup", "tool"),
    /** It may be stored, and what is stored cannot be read. */
    UNREADABLE("Cannot be read", "failing", "alert-circle"),
    NOT_TESTED("Not tested", "paused", "help-circle");

    private final String text;
    private final String style;
    private final String icon;

    CredentialState(String text, String style, String icon) {
        this.text = text;
        this.style = style;
        this.icon = icon;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** Of its chip. */
    public String style() {
        return style;
    }

    public String icon() {
        return icon;
    }

    /** For programs, such as {@code not-tested}. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
