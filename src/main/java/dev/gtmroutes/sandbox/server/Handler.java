// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

/** What an endpoint does whose good answer is not always the same. It runs on the sandbox's only thread. */
public interface Handler {

    /**
     * The answer to a request that is right by the endpoint's data and brought a good credential.
     *
     * @throws dev.gtmroutes.sandbox.checks.RequestRefusedException if it is refused all the same
     */
    SandboxResponse answer(Arrival arrival);

    /** The points of the vendor's rate limit that a request costs. */
    default int cost(Arrival arrival) {
        return arrival.match().endpoint().cost();
    }
}
