// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.console.state.VendorMark;

/**
 * Where requests to a vendor go.
 *
 * @param mark      of the vendor
 * @param isSandbox whether all of them go to the sandbox
 * @param hosts     of its APIs otherwise
 */
public record VendorPlace(VendorMark mark, boolean isSandbox, String hosts) {

    /** @param sandbox what addresses of the sandbox begin with; null if there is none */
    static VendorPlace of(VendorMark mark, Set<String> urls, String sandbox) {
        Set<String> hosts = new TreeSet<>();
        urls.forEach(each -> hosts.add(host(each)));
        return new VendorPlace(mark, sandbox != null && urls.stream().allMatch(each -> each.startsWith(sandbox)),
                String.join(", ", hosts));
    }

    /** Nothing else of a URL: a password may be in it. */
    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "unknown host" : host;
        } catch (IllegalArgumentException e) {
            return "unknown host";
        }
    }
}
