// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * From where a request comes. Behind proxies that append to {@code X-Forwarded-For}, the client itself writes the left
 * part of that header, so only the elements that the proxies added count. Quarkus takes the first element.
 */
@Singleton
public class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int NETWORK_BYTES = 8;

    /**
     * A client.
     *
     * @param address of it, as text; never text that the client wrote
     * @param network that it shares with no other client: its address, or the first 64 bits of an IPv6 address
     */
    public record Client(String address, String network) {

        /** Whether it runs on this machine. */
        boolean isThisMachine() {
            return network.equals("127.0.0.1") || address.equals("0:0:0:0:0:0:0:1");
        }
    }

    private final int proxies;

    ClientAddress(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false") boolean forwarded,
            @ConfigProperty(name = "gtm.console.proxies") int proxies) {
        this.proxies = forwarded ? proxies : 0;
    }

    /** The client that sent a request. */
    public Client of(HttpServerRequest request) {
        // Not the address of the request: with a proxy, Quarkus puts the first element of the header there.
        String peer = request.connection().remoteAddress().hostAddress();
        return of(peer, request.headers().getAll(FORWARDED_FOR), proxies);
    }

    /**
     * The client behind the outermost proxy; if the headers do not name its address, the peer.
     *
     * @param peer    address at the other end of the connection
     * @param headers lines of {@code X-Forwarded-For}
     * @param proxies that each add an element at the end
     */
    static Client of(String peer, List<String> headers, int proxies) {
        List<String> elements = headers.stream().flatMap(line -> Arrays.stream(line.split(",", -1))).map(String::strip)
                .toList();
        byte[] added = proxies > 0 && elements.size() >= proxies ? bytes(elements.get(elements.size() - proxies)) : null;
        return client(added == null ? bytes(peer) : added);
    }

    /** @param text an address, perhaps with a port; @return null if it is none */
    private static byte[] bytes(String text) {
        if (text == null) {
            return null;
        }
        byte[] plain = NetUtil.createByteArrayFromIpAddressString(text);
        int port = text.lastIndexOf(':');
        return plain != null || port < 0 ? plain : NetUtil.createByteArrayFromIpAddressString(text.substring(0, port));
    }

    private static Client client(byte[] bytes) {
        if (bytes == null) {
            return new Client("unknown", "unknown");
        }
        try {
            // An IPv4 address that is written as IPv6 becomes one of IPv4.
            InetAddress address = InetAddress.getByAddress(bytes);
            byte[] network = address.getAddress();
            if (network.length > NETWORK_BYTES) {
                Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
            }
            return new Client(address.getHostAddress(), InetAddress.getByAddress(network).getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Netty makes 4 or 16 bytes", e);
        }
    }
}
