// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** As much of HTTP/1.1 as a destination needs, on a bare socket, so that it can break at any moment. */
public final class Wire {

    private static final int CHUNK_BYTES = 64;

    private final Socket socket;
    private final InputStream in;

    /** The head of a request; the path has its query, and header names are in small letters. */
    public record Head(String method, String path, Map<String, String> headers) {
    }

    public Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** @return null if there is no further request */
    public Head head() throws IOException {
        String first = line();
        if (first == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = whole(line()); !line.isEmpty(); line = whole(line())) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        String[] words = first.split(" ");
        return new Head(words[0], words[1], headers);
    }

    public String body(Head head) throws IOException {
        if (!"chunked".equalsIgnoreCase(head.headers.get("transfer-encoding"))) {
            return text(bytes(Integer.parseInt(head.headers.getOrDefault("content-length", "0"))));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(whole(line()).split(";")[0].strip(), 16);
            all.writeBytes(bytes(size));
            line();
        } while (size > 0);
        return text(all.toByteArray());
    }

    /**
     * Writes a response in one piece.
     *
     * @param extra header lines, each with its line end
     */
    public void answer(int status, String extra, String body) throws IOException {
        answer(status, extra, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for bytes, a compressed body for example. */
    public void answer(int status, String extra, byte[] body) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(statusLines(status, extra + "Content-Length: " + body.length + "\r\n"));
        all.writeBytes(body);
        write(all);
    }

    /** Writes a response whose length is not told before its end. */
    public void answerInChunks(int status, String extra, byte[] body) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(statusLines(status, extra + "Transfer-Encoding: chunked\r\n"));
        for (int from = 0; from < body.length; from += CHUNK_BYTES) {
            int length = Math.min(CHUNK_BYTES, body.length - from);
            all.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            all.write(body, from, length);
            all.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        all.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        write(all);
    }

    private static byte[] statusLines(int status, String headers) {
        return ("HTTP/1.1 " + status + " audit\r\nContent-Type: application/json\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void write(ByteArrayOutputStream all) throws IOException {
        socket.getOutputStream().write(all.toByteArray());
        socket.getOutputStream().flush();
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("half a request");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                return null;
            }
            line.write(each);
        }
        return text(line.toByteArray()).stripTrailing();
    }

    private static String whole(String line) throws EOFException {
        if (line == null) {
            throw new EOFException("half a head");
        }
        return line;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
