// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.time.Duration;
import java.util.List;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.NotSentException;
import dev.gtmroutes.api.RetryAfter;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.Exchange;

/**
 * Lets a request through when the budget of its credential has room, and tells the budget what came of it. Its methods
 * stand in the route of a vendor API, around each attempt. What carries no credential passes freely.
 */
public class RateGate extends KameletBean {

    private static final int TOO_MANY_REQUESTS = 429;

    private String routeId = "";
    private Credential credential;
    private String rateLimit = "none";
    private int instances = 1;
    private Duration longestBlock = Duration.ofMinutes(5);
    private String costHeader = "";
    private String remainingHeader = "";
    private RateBudget budget;

    /**
     * Joins the budget of the credential, once the properties are set.
     *
     * @throws IllegalArgumentException if the rate limit cannot be read
     */
    public void open() {
        beReady();
    }

    @Override
    protected void getReady() {
        RateLimit limit = RateLimit.parse(rateLimit);
        if (limit == null || credential != null && credential.isNone()) {
            RateBudgets.of(camel).remove(routeId);
        } else {
            budget = RateBudgets.of(camel).budget(routeId, limit.share(instances));
        }
    }

    /**
     * How many programs use the credential at the same time, each with an equal share of the limit.
     *
     * @throws IllegalArgumentException if it is no number from 1 on
     */
    public void setInstances(String instances) {
        if (!Opening.isKnown(instances)) {
            return;
        }
        if (!instances.strip().matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException("gtm.instances is '" + instances
                    + "'. Enter the number of instances that share the rate limits, or 1");
        }
        this.instances = Integer.parseInt(instances.strip());
    }

    /** The longest time for which a 429 stops all requests, such as {@code 5m}. */
    public void setLongestBlock(String longestBlock) {
        if (Opening.isKnown(longestBlock)) {
            this.longestBlock = Durations.parse(longestBlock);
        }
    }

    /**
     * Before the request: waits for its permit.
     *
     * @throws NotSentException if its flow was stopped meanwhile
     */
    public void enter(Exchange exchange) {
        beReady();
        OpenCall call = OpenCall.open(exchange);
        if (budget != null && call.sendsCredential()) {
            ApiRequest request = call.request();
            call.permit(budget.take(request.method() + " " + request.template(), request.running()));
        }
    }

    /** As in the first edition; what an answer says is learnt at the end of the attempt. */
    @Deprecated
    public void answered(Exchange exchange) {
        // Nothing is left to do here.
    }

    /** At the end of the attempt, however it ended: learns from the answer, if one arrived. */
    public void leave(Exchange exchange) {
        OpenCall call = OpenCall.open(exchange);
        RateBudget.Permit permit = call.permit();
        if (permit == null) {
            return;
        }
        call.permit(null);
        try {
            if (call.status() != ApiAnswer.NONE) {
                learn(call, permit);
            }
        } finally {
            permit.end();
        }
    }

    private void learn(OpenCall call, RateBudget.Permit permit) {
        permit.answered(number(call, costHeader), number(call, remainingHeader));
        Duration retryAfter = RetryAfter.of(call.answerHeaders("Retry-After"));
        if (retryAfter != null && call.status() == TOO_MANY_REQUESTS) {
            budget.blockFor(retryAfter.compareTo(longestBlock) < 0 ? retryAfter : longestBlock);
        }
    }

    /** The value of a header; null if there is none, or it is no number. */
    private static Integer number(OpenCall call, String header) {
        List<String> values = header.isEmpty() ? List.of() : call.answerHeaders(header);
        String value = values.isEmpty() ? "" : values.get(0).strip();
        return value.matches("\\d{1,9}") ? Integer.valueOf(value) : null;
    }

    /** Id of the route that it belongs to, which names the credential. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /** Whose requests these are; one that is none has no budget. */
    public void setCredential(Credential credential) {
        this.credential = credential;
    }

    /** The most points in a time, such as {@code 600/1m}; none for no limit. */
    public void setRateLimit(String rateLimit) {
        this.rateLimit = rateLimit;
    }

    /** The header in which the vendor says how many points a request has cost. */
    public void setCostHeader(String costHeader) {
        this.costHeader = costHeader;
    }

    /** The header in which the vendor says how many points are left in the window. */
    public void setRemainingHeader(String remainingHeader) {
        this.remainingHeader = remainingHeader;
    }
}
