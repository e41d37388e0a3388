// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import dev.gtmroutes.console.web.HiddenQuery;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.status.RecentRequest;

/**
 * The URLs of requests as a person may see them.
 *
 * @param secrets   what nobody sees
 * @param mayChange whether the person may see more than a viewer, who sees no query
 */
record ShownUrls(Secrets secrets, boolean mayChange) {

    String of(RecentRequest request) {
        String url = secrets.mask(request.call().url());
        return mayChange ? url : HiddenQuery.of(url);
    }
}
