package dev.gtmroutes.sandbox;

import java.util.Map;

/**
 * Decides what a well-behaved vendor answers to a request. The credential comes first, as at most gateways; then the
 * path, the method, the rate limit, and what is in the request.
 */
final class Judge {

    private static final String ALLOW = "Allow";

    private final Credentials credentials;
    private final Rates rates;
    private final Map<String, Play> plays;

    /** @param plays by name, as endpoints name them */
    Judge(Credentials credentials, Rates rates, Map<String, Play> plays) {
        this.credentials = credentials;
        this.rates = rates;
        this.plays = plays;
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
        Finding finding = RequestCheck.check(arrival);
        return new Verdict(answer(arrival, finding), finding.records());
    }

    private Answer withoutEndpoint(Arrival arrival) {
        Vendor vendor = arrival.match().vendor();
        String allowed = arrival.match().allowed();
        if (!credentials.accepts(arrival)) {
            return unauthorized(vendor);
        }
        if (allowed.isEmpty()) {
            return refusal(vendor, new Refusal(404, "path", "there is no such path"));
        }
        return refusal(vendor, new Refusal(405, "method", "this path takes " + allowed + " only"))
                .with(ALLOW, allowed);
    }

    private Answer answer(Arrival arrival, Finding finding) {
        Vendor vendor = arrival.match().vendor();
        if (!credentials.accepts(arrival)) {
            return unauthorized(vendor);
        }
        Rates.Admission admission = rates.admit(vendor, arrival.match().endpoint().cost());
        return admitted(arrival, finding, admission.admitted()).with(admission.headers());
    }

    private Answer admitted(Arrival arrival, Finding finding, boolean admitted) {
        Vendor vendor = arrival.match().vendor();
        if (!admitted) {
            return refusal(vendor, new Refusal(429, "rate", "there were too many requests"));
        }
        return finding.refusal() == null ? good(arrival, finding.records()) : refusal(vendor, finding.refusal());
    }

    private static Answer unauthorized(Vendor vendor) {
        Vendor.Credential credential = vendor.credential();
        // Says which header it looked at, never what it held.
        String body = credential.body().refused(credential.status(), credential.header(),
                "the credential is missing or wrong");
        return Answer.json(credential.status(), body);
    }

    private Answer good(Arrival arrival, int records) {
        Vendor vendor = arrival.match().vendor();
        Endpoint endpoint = arrival.match().endpoint();
        if (endpoint.plays() != null) {
            try {
                return plays.get(endpoint.plays()).answer(arrival);
            } catch (RefusedException e) {
                return refusal(vendor, e.refusal());
            }
        }
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
