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

/** As much of HTTP/1.1 as the destination needs, on a bare socket, so that it can break at any moment. */
final class Wire {

    private final Socket socket;
    private final InputStream in;

    /** The head of a request; header names are in small letters. */
    record Head(String path, Map<String, String> headers) {
    }

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** @return null if there is no further request */
    Head head() throws IOException {
        String first = line();
        if (first == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = whole(line()); !line.isEmpty(); line = whole(line())) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return new Head(first.split(" ")[1], headers);
    }

    String body(Head head) throws IOException {
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

    void answer(int status, String extra, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " audit\r\nContent-Type: application/json\r\n" + extra + "Content-Length: "
                + bytes.length + "\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(bytes);
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
