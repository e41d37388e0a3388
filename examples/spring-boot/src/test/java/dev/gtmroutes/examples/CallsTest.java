// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.examples;

class CallsTest extends ApplicationChecks {

    @Override
    protected void run() {
        Calls.main(new String[0]);
    }
}
