// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

/** The demo sends requests to this machine only: a vendor of the user's own has no sandbox, but perhaps a credential. */
public final class DemoLimit {

    /** The command {@code demo} sets this system property. */
    private static final String DEMO = "gtm.demo.enabled";

    private DemoLimit() {
    }

    /**
     * @param  host a name or address; names are not looked up
     * @throws IllegalArgumentException if this is the demo, and the host is not this machine
     */
    public static void check(String host) {
        if (Boolean.getBoolean(DEMO) && !ThisMachine.is(host)) {
            throw new IllegalArgumentException("the demo sends requests to this machine only. To send to " + host
                    + ", start the program without the command demo");
        }
    }
}
