// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.gtmroutes.access.ClientAddress.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where a request comes, whatever its client writes into the headers. */
class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "0 | 198.51.100.7                          | 10.0.0.9",
            "1 | 198.51.100.7                          | 198.51.100.7",
            "1 | 203.0.113.1, 198.51.100.7             | 198.51.100.7",
            "1 | 203.0.113.1;203.0.113.2, 198.51.100.7 | 198.51.100.7",
            "2 | 203.0.113.1, 198.51.100.7, 10.0.0.8   | 198.51.100.7",
            "2 | 198.51.100.7                          | 10.0.0.9",
            "1 | 198.51.100.7:4711                     | 198.51.100.7",
            "1 | [2001:db8::7]:4711                    | 2001:db8:0:0:0:0:0:7",
            "1 | ::ffff:198.51.100.7                   | 198.51.100.7",
            "1 | unknown                               | 10.0.0.9",
            "1 | localhost                             | 10.0.0.9",
            "1 | 198.51.100.7,                         | 10.0.0.9"})
    void onlyWhatTheProxiesAddedCounts(int proxies, String lines, String address) {
        assertThat(ClientAddress.of("10.0.0.9", List.of(lines.split(";")), proxies).address()).isEqualTo(address);
    }

    @Test
    void withoutTheHeaderItIsThePeer() {
        assertThat(ClientAddress.of("10.0.0.9", List.of(), 1)).isEqualTo(new Client("10.0.0.9", "10.0.0.9"));
        assertThat(ClientAddress.of("0:0:0:0:0:0:0:1%lo", List.of(), 0).isThisMachine()).isTrue();
        assertThat(ClientAddress.of("127.0.0.1", List.of(), 0).isThisMachine()).isTrue();
        assertThat(ClientAddress.of("127.0.0.1", List.of("10.0.0.1"), 1).isThisMachine()).isFalse();
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOneClient() {
        Client one = ClientAddress.of("2001:db8:1:2:3:4:5:6", List.of(), 0);
        assertThat(ClientAddress.of("2001:db8:1:2:ffff::1", List.of(), 0).network()).isEqualTo(one.network());
        assertThat(ClientAddress.of("2001:db8:1:3:3:4:5:6", List.of(), 0).network()).isNotEqualTo(one.network());
    }
}
