import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Two destinations: one that takes everything at once, and one that accepts connections and never answers.
 *
 * <p>Usage: java Answering.java PORT SILENT_PORT
 */
public class Answering {

    private static final List<Socket> SILENT = new ArrayList<>();

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 1000);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", Answering::take);
        server.start();
        try (ServerSocket silent = new ServerSocket(Integer.parseInt(args[1]), 1000, InetAddress.getByName("127.0.0.1"))) {
            while (true) {
                // Kept, or the collector would close them.
                SILENT.add(silent.accept());
            }
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
