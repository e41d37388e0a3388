// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.UrlEncoded;
import io.vertx.core.http.HttpHeaders;

/** Checks a request whose endpoint is known against the forms this endpoint takes. */
final class RequestCheck {

    private RequestCheck() {
    }

    /**
     * What a request holds in the first form it fits. If it fits none, the refusal is the first form's, unless the
     * request says itself that another one is meant.
     */
    static FormFinding check(Arrival arrival) {
        FormFinding refused = null;
        for (EndpointForm form : arrival.match().endpoint().takes()) {
            FormFinding finding = check(arrival, form);
            if (finding.refusal() == null) {
                return finding;
            }
            if (refused == null || refused.foreign() && !finding.foreign()) {
                refused = finding;
            }
        }
        return refused;
    }

    private static FormFinding check(Arrival arrival, EndpointForm form) {
        // A body that is refused for another reason is looked at as well: its records are part of the record.
        FormFinding finding = BodyCheck.check(form, arrival.body().bytes());
        RequestRefusal refusal = head(arrival, form);
        return refusal == null ? finding : finding.refusedFor(refusal, hasQueryOfAnotherForm(arrival, form));
    }

    /** Whether the query has other parameters in place of those that this form requires. */
    private static boolean hasQueryOfAnotherForm(Arrival arrival, EndpointForm form) {
        try {
            Set<String> names = UrlEncoded.query(arrival.request().uri()).keySet();
            return !names.isEmpty() && !form.query().isEmpty() && form.query().stream().noneMatch(names::contains);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What is wrong with a request besides its body's content; null = nothing. */
    private static RequestRefusal head(Arrival arrival, EndpointForm form) {
        if (form.body() != BodyForm.NONE && !isJson(arrival.single(HttpHeaders.CONTENT_TYPE.toString()))) {
            return new RequestRefusal(415, "Content-Type", "the Content-Type must be application/json");
        }
        if (arrival.body().tooLong()) {
            return new RequestRefusal(413, "body",
                    "the body is longer than " + arrival.match().vendor().maxBodyBytes() + " bytes");
        }
        try {
            return query(UrlEncoded.query(arrival.request().uri()), form);
        } catch (IllegalArgumentException e) {
            return new RequestRefusal(400, "query", "the query is not percent-encoded");
        }
    }

    private static RequestRefusal query(Map<String, List<String>> parameters, EndpointForm form) {
        for (String name : form.query()) {
            if (parameters.getOrDefault(name, List.of("")).get(0).isEmpty()) {
                return new RequestRefusal(422, name, "the query parameter '" + name + "' is missing");
            }
        }
        if (form.anyQuery()) {
            return null;
        }
        for (String name : parameters.keySet()) {
            if (!form.query().contains(name) && !form.optionalQuery().contains(name)) {
                return new RequestRefusal(422, name, "unknown query parameter '" + name + "'");
            }
            if (parameters.get(name).size() > 1) {
                return new RequestRefusal(422, name, "the query parameter '" + name + "' is there more than once");
            }
        }
        return null;
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }
}
