// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.Map;

/**
 * What the Kamelet of a vendor API is made of. Texts that are not given are blank.
 *
 * @param suffix          blank for the vendor's own API; else what tells apart one that shares its credentials, such as
 *                        {@code pull}
 * @param title           of such an API, such as Pull
 * @param header          the request header that carries the credential
 * @param prefix          what comes before it there; blank for nothing
 * @param secrets         by the names of their settings, such as {@code api-key}, a sentence about each
 * @param tokenUrl        where access tokens are fetched
 * @param rateLimit       such as {@code 5/1s}, or none
 * @param costHeader      the response header that says how many points a request has cost
 * @param remainingHeader the response header that says how many points are left
 */
record ApiEntry(String suffix, String title, String baseUrl, String connectionTest, String header, String prefix,
        Map<String, String> secrets, String tokenUrl, String rateLimit, String costHeader, String remainingHeader,
        String outcomes, String failureWhen) {

    /** Whether it is an API that shares the credentials of the vendor's own. */
    boolean isShared() {
        return !suffix.isEmpty();
    }
}
