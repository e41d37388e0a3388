// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.gtmroutes.console.web.HiddenQuery;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.status.RecentRequest;

/**
 * What a person may see of requests.
 *
 * @param secrets   what nobody sees
 * @param mayChange whether the person may see more than a viewer, who sees no query of a URL and no value of a header
 */
record ShownRequests(Secrets secrets, boolean mayChange) {

    private static final String HIDDEN = "***";

    String url(RecentRequest request) {
        String url = secrets.mask(request.call().url());
        return mayChange ? url : HiddenQuery.of(url);
    }

    /** The headers of a request. */
    Map<String, String> headers(Map<String, String> sent) {
        Map<String, String> shown = new LinkedHashMap<>();
        sent.forEach((name, value) -> shown.put(name,
                mayChange || name.equalsIgnoreCase("Content-Type") ? secrets.mask(value) : HIDDEN));
        return shown;
    }
}
