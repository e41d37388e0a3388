// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server below HTTP: does to each connection what no web server would. */
public final class RawServer implements AutoCloseable {

    /** What is done to a connection; it is closed after that. */
    public interface Behaviour {
        void meet(Socket connection) throws Exception;
    }

    private final CountDownLatch closed = new CountDownLatch(1);

    /** Reads the request and says nothing until the server is closed. */
    final Behaviour silence = connection -> {
        readRequest(connection);
        closed.await();
    };

    /** Reads the request and ends the connection in an orderly way. */
    public static final Behaviour HANG_UP = RawServer::readRequest;

    /** Reads the request and breaks the connection off. */
    static final Behaviour RESET = connection -> {
        readRequest(connection);
        connection.setSoLinger(true, 0);
    };

    /** Answers requests as long as they come. */
    static final Behaviour GOOD = connection -> {
        while (connection.getInputStream().read(new byte[8192]) > 0) {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
        }
    };

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    public RawServer() {
        try {
            server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawServer behaving(Behaviour behaviour) {
        Thread acceptor = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    connections.add(connection);
                    new Thread(() -> meet(connection, behaviour), "raw-connection").start();
                } catch (IOException e) {
                    return;
                }
            }
        }, "raw-server");
        acceptor.start();
        return this;
    }

    private static void meet(Socket connection, Behaviour behaviour) {
        try (connection) {
            behaviour.meet(connection);
        } catch (Exception e) {
            // The client went away first.
        }
    }

    /** The next connection waits until its own patience is over: nobody accepts, and the queue is full. */
    RawServer full() {
        try {
            for (int i = 0; i < 2; i++) {
                connections.add(new Socket(server.getInetAddress(), server.getLocalPort()));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many connections there have been. */
    public int connections() {
        return connections.size();
    }

    private static void readRequest(Socket connection) throws IOException {
        byte[] some = new byte[8192];
        connection.getInputStream().read(some);
    }

    public String origin(String scheme) {
        return scheme + "://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket each : connections) {
            each.close();
        }
    }
}
