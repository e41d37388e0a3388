// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client would. */
final class RawSocket {

    private RawSocket() {
    }

    /** Sends this text and reads until the connection ends. */
    static String exchange(int port, String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
