// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a process that starts later. Taken from below those that the system gives to connections: one of those may be
 * taken again, by any client of any test, before the process listens.
 */
public final class FreePort {

    private static final int FIRST = 10_240;
    private static final int END = 32_768;

    private FreePort() {
    }

    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken. The next one may be free.
            }
        }
    }
}
