package dev.gtmroutes.sandbox;

import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what a well-behaved vendor answers to a request. The credential comes first, as at most gateways; then the
 * path, the method, and what is in the request.
 */
final class Judge {

    private static final String ALLOW = "Allow";

    private final Map<String, String> keys = new ConcurrentHashMap<>();

    /** Makes a vendor accept this key instead of the one in its data file. */
    void accept(Vendor vendor, String key) {
        keys.put(vendor.name(), key);
    }

    Verdict judge(Arrival arrival) {
        Vendor vendor = arrival.match().vendor();
        Endpoint endpoint = arrival.match().endpoint();
        if (vendor == null) {
            return new Verdict(Answer.json(404, "{\"error\":\"not below any vendor: see GET /\"}"), 0);
        }
        if (endpoint == null) {
            return new Verdict(withoutEndpoint(arrival), 0);
        }
        // A body that is refused for another reason is looked at as well: its records are part of the record.
        BodyCheck.Finding finding = BodyCheck.check(endpoint, arrival.body().bytes());
        return new Verdict(answer(arrival, finding), finding.records());
    }

    private Answer withoutEndpoint(Arrival arrival) {
        Vendor vendor = arrival.match().vendor();
        String allowed = arrival.match().allowed();
        if (!isAuthorized(arrival)) {
            return unauthorized(vendor);
        }
        if (allowed.isEmpty()) {
            return refusal(vendor, new Refusal(404, "path", "there is no such path"));
        }
        return refusal(vendor, new Refusal(405, "method", "this path takes " + allowed + " only"))
                .with(ALLOW, allowed);
    }

    private Answer answer(Arrival arrival, BodyCheck.Finding finding) {
        Vendor vendor = arrival.match().vendor();
        if (!isAuthorized(arrival)) {
            return unauthorized(vendor);
        }
        Refusal refusal = head(arrival);
        if (refusal == null) {
            refusal = finding.refusal();
        }
        return refusal == null ? good(vendor, arrival.match().endpoint(), finding.records())
                : refusal(vendor, refusal);
    }

    /** What is wrong with a request besides its body's content; null = nothing. */
    private static Refusal head(Arrival arrival) {
        Endpoint endpoint = arrival.match().endpoint();
        if (endpoint.body() != BodyForm.NONE && !isJson(arrival.single(HttpHeaders.CONTENT_TYPE.toString()))) {
            return new Refusal(415, "Content-Type", "the Content-Type must be application/json");
        }
        if (arrival.body().tooLong()) {
            return new Refusal(413, "body",
                    "the body is longer than " + arrival.match().vendor().maxBodyBytes() + " bytes");
        }
        for (String parameter : endpoint.query()) {
            String value = queryParameter(arrival, parameter);
            if (value == null || value.isEmpty()) {
                return new Refusal(422, parameter, "the query parameter '" + parameter + "' is missing");
            }
        }
        return null;
    }

    private static String queryParameter(Arrival arrival, String name) {
        try {
            return arrival.request().getParam(name);
        } catch (IllegalArgumentException e) {
            // Broken percent-encoding: there is no such parameter then.
            return null;
        }
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    private boolean isAuthorized(Arrival arrival) {
        Vendor vendor = arrival.match().vendor();
        Vendor.Credential credential = vendor.credential();
        String expected = credential.prefix() + keys.getOrDefault(vendor.name(), credential.key());
        return expected.equals(arrival.single(credential.header()));
    }

    private static Answer unauthorized(Vendor vendor) {
        Vendor.Credential credential = vendor.credential();
        // Says which header it looked at, never what it held.
        String body = credential.body().refused(credential.status(), credential.header(),
                "the credential is missing or wrong");
        return Answer.json(credential.status(), body);
    }

    private static Answer good(Vendor vendor, Endpoint endpoint, int records) {
        Endpoint.GoodAnswer answer = vendor.answerOf(endpoint);
        String body = answer.body() == null ? "" : answer.body().accepted(records, answer.status());
        return Answer.json(answer.status(), body);
    }

    private static Answer refusal(Vendor vendor, Refusal refusal) {
        int status = refusal.status();
        return Answer.json(status, vendor.errorBody(status).refused(status, refusal.field(), refusal.message()));
    }

    /** The answer to a request, and how many records its body holds. */
    record Verdict(Answer answer, int records) {
    }
}
