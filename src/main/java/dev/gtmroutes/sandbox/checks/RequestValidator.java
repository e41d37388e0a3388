// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.util.Map;

import dev.gtmroutes.sandbox.catalogue.Endpoint;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;

/**
 * Decides what a well-behaved vendor answers to a request. The credential comes first, as at most gateways; then the
 * path, the method, the rate limit, and what is in the request.
 */
public final class RequestValidator {

    private static final String ALLOW = "Allow";

    private final AcceptedCredentials credentials;
    private final Rates rates;
    private final Map<String, Handler> plays;

    /** @param plays by name, as endpoints name them */
    public RequestValidator(AcceptedCredentials credentials, Rates rates, Map<String, Handler> plays) {
        this.credentials = credentials;
        this.rates = rates;
        this.plays = plays;
    }

    /** @param carriesOut false if a good request is not to be carried out: then no handler answers it */
    public Verdict judge(Arrival arrival, boolean carriesOut) {
        Vendor vendor = arrival.match().vendor();
        Endpoint endpoint = arrival.match().endpoint();
        if (vendor == null) {
            return new Verdict(SandboxResponse.json(404, "{\"error\":\"the path is not the path of a vendor: see GET "
                    + "/\"}"), 0);
        }
        if (endpoint == null) {
            return new Verdict(withoutEndpoint(arrival), 0);
        }
        FormFinding finding = RequestCheck.check(arrival);
        return new Verdict(answer(arrival, finding, carriesOut), finding.records());
    }

    private SandboxResponse withoutEndpoint(Arrival arrival) {
        Vendor vendor = arrival.match().vendor();
        String allowed = arrival.match().allowed();
        if (!credentials.accepts(arrival)) {
            return unauthorized(vendor);
        }
        if (allowed.isEmpty()) {
            return refusal(vendor, new RequestRefusal(404, "path", "the sandbox knows no endpoint with this path"));
        }
        return refusal(vendor, new RequestRefusal(405, "method", "this path supports " + allowed))
                .with(ALLOW, allowed);
    }

    private SandboxResponse answer(Arrival arrival, FormFinding finding, boolean carriesOut) {
        Vendor vendor = arrival.match().vendor();
        if (!credentials.accepts(arrival)) {
            return unauthorized(vendor);
        }
        Rates.Admission admission = rates.admit(vendor, cost(arrival, finding));
        return admitted(arrival, finding, admission.admitted(), carriesOut).with(admission.headers());
    }

    private int cost(Arrival arrival, FormFinding finding) {
        Endpoint endpoint = arrival.match().endpoint();
        return endpoint.plays() == null || finding.refusal() != null ? endpoint.cost()
                : plays.get(endpoint.plays()).cost(arrival);
    }

    private SandboxResponse admitted(Arrival arrival, FormFinding finding, boolean admitted, boolean carriesOut) {
        Vendor vendor = arrival.match().vendor();
        if (!admitted) {
            return refusal(vendor, new RequestRefusal(429, "rate", "too many requests"));
        }
        return finding.refusal() == null ? good(arrival, finding.records(), carriesOut)
                : refusal(vendor, finding.refusal());
    }

    private static SandboxResponse unauthorized(Vendor vendor) {
        Vendor.Credential credential = vendor.credential();
        // Says which header it looked at, never what it held.
        String body = credential.body().refused(credential.status(), credential.header(),
                "the credential is missing or wrong");
        return SandboxResponse.json(credential.status(), body);
    }

    private SandboxResponse good(Arrival arrival, int records, boolean carriesOut) {
        Vendor vendor = arrival.match().vendor();
        Endpoint endpoint = arrival.match().endpoint();
        if (endpoint.plays() != null && carriesOut) {
            try {
                return plays.get(endpoint.plays()).answer(arrival);
            } catch (RequestRefusedException e) {
                return refusal(vendor, e.refusal());
            }
        }
        Endpoint.GoodAnswer answer = vendor.answerOf(endpoint);
        String body = answer.body() == null ? "" : answer.body().accepted(records, answer.status());
        return SandboxResponse.json(answer.status(), body);
    }

    private static SandboxResponse refusal(Vendor vendor, RequestRefusal refusal) {
        int status = refusal.status();
        return SandboxResponse.json(status, vendor.errorBody(status).refused(status, refusal.field(), refusal.message()));
    }

    /** The answer to a request, and how many records its body holds. */
    public record Verdict(SandboxResponse answer, int records) {
    }
}
