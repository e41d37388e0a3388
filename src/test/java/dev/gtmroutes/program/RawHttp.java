// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends what a well-behaved HTTP client would not. */
final class RawHttp {

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /**
     * Sends a request and reads until the connection ends.
     *
     * @param from    the address of this machine to come from, such as 127.0.0.5
     * @param request its first line, without the version
     * @param headers each a line; Host is localhost if none of them says it
     */
    String send(String from, String request, String... headers) throws IOException {
        return sendBody("", from, request, headers);
    }

    /** Sends a form as {@link #send} does. */
    String sendForm(String form, String from, String path, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/x-www-form-urlencoded");
        all.add("Content-Length: " + form.length());
        return sendBody(form, from, "POST " + path, all.toArray(String[]::new));
    }

    private String sendBody(String body, String from, String request, String... headers) throws IOException {
        StringBuilder text = new StringBuilder(request + " HTTP/1.1\r\nConnection: close\r\n");
        boolean named = false;
        for (String each : headers) {
            text.append(each).append("\r\n");
            named |= each.startsWith("Host:");
        }
        text.append(named ? "\r\n" : "Host: localhost:" + port + "\r\n\r\n");
        text.append(body);
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
