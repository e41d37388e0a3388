// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A stand-in for a vendor on a free port of this machine. It can go away and come back on the same port. */
public final class WireServer implements AutoCloseable {

    private static final int BACKLOG = 1000;

    /** Serves the requests of all connections, on any number of threads. */
    public interface Handler {

        /** @return whether the connection is kept */
        boolean take(Wire wire, Wire.Head head) throws IOException, InterruptedException;
    }

    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "destination");
        thread.setDaemon(true);
        return thread;
    });
    private final int port;
    private volatile ServerSocket server;

    /** A server that listens. */
    public WireServer(Handler handler) throws IOException {
        this.handler = handler;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    public int port() {
        return port;
    }

    private ServerSocket listen(int where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), where), BACKLOG);
        threads.execute(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket socket = from.accept();
                connections.add(socket);
                if (from.isClosed()) {
                    socket.close();
                }
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(socket);
            for (Wire.Head head = wire.head(); head != null && handler.take(wire, head); head = wire.head()) {
                // The connection is kept.
            }
        } catch (IOException e) {
            // The program, or this server, has ended in the middle of a request.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    /** Closes the port and all connections. Requests that it has read are carried out all the same, and not answered. */
    public void goAway() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** Listens again. */
    public void comeBack() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() throws IOException {
        goAway();
        threads.shutdownNow();
    }
}
