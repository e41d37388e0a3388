// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.examples;

import org.apache.camel.main.Main;

/** An application of Camel and nothing else, whose routes are in {@code camel/}. */
public final class Calls {

    private Calls() {
    }

    public static void main(String[] args) throws Exception {
        new Main(Calls.class).run(args);
    }
}
