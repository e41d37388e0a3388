// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import dev.gtmroutes.api.ThisMachine;

/**
 * Scheme, host and port: what decides who gets to see a credential.
 *
 * @param scheme http or https
 * @param host   in lower case, IPv6 addresses in brackets
 * @param port   the port, also where the URL leaves it to the scheme
 */
public record WebOrigin(String scheme, String host, int port) {

    public static WebOrigin of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return new WebOrigin(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** Whether what is sent there can be read by nobody on the way. */
    public boolean isPrivate() {
        return scheme.equals("https") || ThisMachine.is(host);
    }

    /** @param names hosts, which stand for all their ports, and host:port pairs, in lower case */
    boolean isNamedIn(Set<String> names) {
        return names.contains(host) || names.contains(host + ":" + port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
