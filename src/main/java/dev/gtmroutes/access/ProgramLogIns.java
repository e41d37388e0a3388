// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.gtmroutes.access.ClientAddress.Client;

/** Programs send their password with each request. The audit log has one line for all requests of an hour. */
final class ProgramLogIns {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST = 1000;

    private record Program(String address, Role role) {
    }

    private final Map<Program, Instant> noted = new LinkedHashMap<>();
    private final InstantSource clock;

    ProgramLogIns(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether this is the first log-in of a client in an hour. */
    synchronized boolean isFirst(Client client, Role role) {
        Instant now = clock.instant();
        noted.values().removeIf(each -> !now.isBefore(each.plus(HOUR)));
        boolean first = noted.putIfAbsent(new Program(client.address(), role), now) == null;
        if (noted.size() > MOST) {
            noted.remove(noted.keySet().iterator().next());
        }
        return first;
    }
}
