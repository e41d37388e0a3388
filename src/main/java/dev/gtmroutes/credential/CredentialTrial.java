// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.util.Map;

import dev.gtmroutes.api.ApiRequest;

/**
 * A request with a credential that is not in use: a person tests it before they save it.
 *
 * @param request the small read
 * @param values  of the credential by the ends of the names of their settings, such as {@code api-key}
 */
public record CredentialTrial(ApiRequest request, Map<String, String> values) {

    @Override
    public String toString() {
        return "CredentialTrial[***]";
    }
}
