// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that answers each request with just the bytes that a test wants. Usually it closes the connection behind them.
 */
final class RawAnswers implements AutoCloseable {

    /** Writes an answer. */
    interface Script {
        /** @param number 1 for the first request */
        void answer(int number, OutputStream out) throws Exception;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Long> nanos = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final Script script;
    private final boolean keepsOpen;

    RawAnswers(Script script) throws IOException {
        this(script, false);
    }

    /** @param keepsOpen whether it waits for another request on the same connection */
    RawAnswers(Script script, boolean keepsOpen) throws IOException {
        this.script = script;
        this.keepsOpen = keepsOpen;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Answers as text; line ends are made those of HTTP. */
    static Script text(String... answers) {
        return (number, out) -> out.write(answers[Math.min(number, answers.length) - 1].replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                threads.execute(() -> meet(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void meet(Socket connection) {
        connections.add(connection);
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            do {
                String request = read(in);
                int number;
                synchronized (requests) {
                    requests.add(request);
                    nanos.add(System.nanoTime());
                    number = requests.size();
                }
                script.answer(number, connection.getOutputStream());
            } while (keepsOpen);
        } catch (Exception e) {
            // The client went away first.
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head + new String(body, StandardCharsets.UTF_8);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Heads and bodies, in the order in which they came. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** All that there have been, open or closed. */
    List<Socket> connections() {
        return List.copyOf(connections);
    }

    /** The time between two requests, in ms. @param number of the earlier one, from 1 */
    long millisAfter(int number) {
        return (nanos.get(number) - nanos.get(number - 1)) / 1_000_000;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
