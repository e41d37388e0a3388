// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private final OpenConnections connections = new OpenConnections(100, 3);
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    private WatchedConnection from(String address) throws UnknownHostException {
        SocketAddress remote = new InetSocketAddress(InetAddress.getByName(address), 1);
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            public SocketAddress remoteAddress() {
                return remote;
            }
        };
        channels.add(channel);
        return new WatchedConnection(channel, 1, 1);
    }

    @Test
    void anAddressHasAPartOfThem() throws Exception {
        WatchedConnection first = from("192.0.2.1");
        assertThat(connections.add(first, true)).isTrue();
        assertThat(connections.add(from("192.0.2.1"), true)).isTrue();
        assertThat(connections.add(from("192.0.2.1"), true)).isTrue();
        assertThat(connections.add(from("192.0.2.1"), true)).isFalse();
        assertThat(connections.add(from("192.0.2.1"), false)).isTrue();
        assertThat(connections.add(from("192.0.2.2"), true)).isTrue();
        connections.remove(first);
        assertThat(connections.add(from("192.0.2.1"), true)).isTrue();
    }

    @Test
    void soHasANetworkOfIpv6() throws Exception {
        for (int i = 1; i <= 3; i++) {
            assertThat(connections.add(from("2001:db8:0:1::" + i), true)).isTrue();
        }
        assertThat(connections.add(from("2001:db8:0:1:ffff::9"), true)).isFalse();
        assertThat(connections.add(from("2001:db8:0:2::1"), true)).isTrue();
    }

    @Test
    void theOneThatWaitsLongestMakesRoom() throws Exception {
        for (int i = 0; i < 97; i++) {
            assertThat(connections.add(from("192.0.2." + i), true)).isTrue();
        }
        channels.forEach(EmbeddedChannel::runPendingTasks);
        assertThat(channels.subList(0, 2)).noneMatch(EmbeddedChannel::isOpen);
        assertThat(channels.subList(2, 97)).allMatch(EmbeddedChannel::isOpen);
    }
}
