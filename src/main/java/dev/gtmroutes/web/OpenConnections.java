// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that are open. One address has a part of them only. When nearly all are in use, a new connection takes the
 * place of the one that has waited longest without a request, so that connections without requests keep nobody out.
 */
final class OpenConnections {

    private static final int NETWORK_BYTES = 8;
    /** The last connections, one of so many, are for those that come while others are being closed. */
    private static final int RESERVE = 20;

    private final Set<WatchedConnection> all = ConcurrentHashMap.newKeySet();
    private final Map<WatchedConnection, String> limited = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final int most;
    private final int mostOfOne;

    /**
     * @param most      connections
     * @param mostOfOne connections from one IPv4 address, or one IPv6 network of 64 bits
     */
    OpenConnections(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Those that are open now. */
    Set<WatchedConnection> all() {
        return all;
    }

    /**
     * @param  isLimited whether the limits hold for it
     * @return           whether it may stay open
     */
    synchronized boolean add(WatchedConnection connection, boolean isLimited) {
        if (isLimited) {
            String network = network(connection.remoteAddress());
            if (counts.getOrDefault(network, 0) >= mostOfOne) {
                return false;
            }
            if (limited.size() >= most - most / RESERVE) {
                limited.keySet().stream().filter(WatchedConnection::isWaiting)
                        .min(Comparator.comparingLong(WatchedConnection::waitingSince)).ifPresent(WatchedConnection::close);
            }
            counts.merge(network, 1, Integer::sum);
            limited.put(connection, network);
        }
        all.add(connection);
        return true;
    }

    synchronized void remove(WatchedConnection connection) {
        all.remove(connection);
        String network = limited.remove(connection);
        if (network != null) {
            counts.computeIfPresent(network, (same, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** What one client has for itself alone. */
    static String network(SocketAddress address) {
        InetAddress host = address instanceof InetSocketAddress there ? there.getAddress() : null;
        if (host == null) {
            return "unknown";
        }
        byte[] bytes = host.getAddress();
        return HexFormat.of().formatHex(host instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
