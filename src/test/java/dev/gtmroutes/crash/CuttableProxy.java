// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes bytes on to a server that stays, so that the server seems to go away and come back: what it remembers, export jobs
 * for example, outlives that.
 */
final class CuttableProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;

    /** @param target the port of the server on this machine */
    CuttableProxy(int target) throws IOException {
        this.target = target;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    int port() {
        return port;
    }

    private ServerSocket listen(int where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), where));
        start(() -> accept(socket));
        return socket;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket near = from.accept();
                Socket far = new Socket(InetAddress.getByName("127.0.0.1"), target);
                sockets.add(near);
                sockets.add(far);
                if (from.isClosed()) {
                    cut(near, far);
                }
                start(() -> pass(near, far));
                start(() -> pass(far, near));
            } catch (IOException e) {
                // The port is closed, or the server behind it has ended: nobody is connected.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            // Cut, or either end has gone.
        } finally {
            cut(from, to);
        }
    }

    private void cut(Socket... pair) {
        for (Socket socket : pair) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed then.
            }
        }
    }

    /** Closes the port and all connections. */
    void goAway() throws IOException {
        server.close();
        cut(sockets.toArray(new Socket[0]));
    }

    /** Listens again. */
    void comeBack() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() throws IOException {
        goAway();
    }
}
