// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who reaches the program: this machine only, or others as well. */
@Singleton
public class Reach {

    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?",
            Pattern.CASE_INSENSITIVE);

    private final String address;
    private final boolean loopback;

    private final boolean proxied;

    Reach(@ConfigProperty(name = "quarkus.http.host") String address,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false") boolean proxied) {
        this.address = address;
        this.loopback = isLoopback(address);
        this.proxied = proxied;
    }

    /** The address that it listens on, as the settings name it. */
    String address() {
        return address;
    }

    /** Whether a reverse proxy passes on the requests of others. */
    boolean isProxied() {
        return proxied;
    }

    /** Whether it listens on an address of this machine alone, and no proxy passes on the requests of others. */
    boolean isThisMachineOnly() {
        return loopback && !proxied;
    }

    /**
     * Whether a request means this machine by the name that it calls. The page of a site whose name suddenly stands for
     * this machine (DNS rebinding) is let through by the browser, but calls the site's own name.
     */
    static boolean isThisMachine(HttpServerRequest request) {
        return THIS_MACHINE.matcher(called(request)).matches();
    }

    /** Host and port that a request calls, by HTTP 1 or 2; empty if it does not say so. */
    static String called(HttpServerRequest request) {
        return request.authority() == null ? "" : request.authority().toString();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
