// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.util.regex.Pattern;

/** The names and addresses of this machine. Names are not looked up: DNS answers can lie. */
public final class ThisMachine {

    private static final Pattern NAMES = Pattern
            .compile("(?i)localhost|::1|\\[::1]|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private ThisMachine() {
    }

    /** Whether a host is this machine, and nothing that is sent there leaves it. */
    public static boolean is(String host) {
        return NAMES.matcher(host).matches();
    }
}
