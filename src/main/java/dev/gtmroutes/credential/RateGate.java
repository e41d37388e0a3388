package dev.gtmroutes.credential;

import java.time.Duration;

import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.RetryAfter;
import dev.gtmroutes.parameter.Durations;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Lets a request through when the budget of its credential has room, and tells the budget what came of it. Its methods
 * stand in the route of a vendor API, around each attempt. What carries no credential, or is a preview, passes freely.
 */
public class RateGate implements CamelContextAware {

    /** Exchange property the request may come with: the name of its template. */
    public static final String TEMPLATE = "GtmTemplate";

    private static final String PERMIT = "GtmRatePermit";
    private static final int TOO_MANY_REQUESTS = 429;

    private CamelContext camel;
    private String routeId = "";
    private Credential credential;
    private String rateLimit = "none";
    private int instances = 1;
    private Duration longestBlock = Duration.ofMinutes(5);
    private String costHeader = "";
    private String remainingHeader = "";
    private RateBudget budget;

    /**
     * To be called once the properties are set.
     *
     * @throws IllegalArgumentException if the rate limit cannot be read
     */
    public void open() {
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
        if (!instances.strip().matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException("gtm.instances is '" + instances
                    + "': give the number of programs that share the rate limits, 1 for this one alone");
        }
        this.instances = Integer.parseInt(instances.strip());
    }

    /** The longest time for which a 429 stops all requests, such as {@code 5m}. */
    public void setLongestBlock(String longestBlock) {
        this.longestBlock = Durations.parse(longestBlock);
    }

    /**
     * Before the request: waits for its permit.
     *
     * @throws NotSentException if its flow was stopped meanwhile
     */
    public void enter(Exchange exchange) {
        if (budget != null && exchange.getProperty(Preview.PROPERTY) == null
                && exchange.getProperty(ApiAddress.SEND_CREDENTIAL, true, boolean.class)) {
            exchange.setProperty(PERMIT, budget.take(endpoint(exchange), () -> RequestSender.running(exchange)));
        }
    }

    /** At the moment the request leaves. */
    static void sent(Exchange exchange) {
        RateBudget.Permit permit = permit(exchange);
        if (permit != null) {
            permit.sent();
        }
    }

    /** Once the message is the answer: learns from it. */
    public void answered(Exchange exchange) {
        RateBudget.Permit permit = permit(exchange);
        if (permit == null) {
            return;
        }
        Message answer = exchange.getMessage();
        permit.answered(number(answer, costHeader), number(answer, remainingHeader));
        Duration retryAfter = RetryAfter.of(answer.getHeader("Retry-After", String.class));
        if (retryAfter != null && answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class) == TOO_MANY_REQUESTS) {
            budget.blockFor(retryAfter.compareTo(longestBlock) < 0 ? retryAfter : longestBlock);
        }
    }

    /** At the end of the attempt, however it ended. */
    public void leave(Exchange exchange) {
        RateBudget.Permit permit = permit(exchange);
        if (permit != null) {
            exchange.removeProperty(PERMIT);
            permit.end();
        }
    }

    private static RateBudget.Permit permit(Exchange exchange) {
        return exchange.getProperty(PERMIT, RateBudget.Permit.class);
    }

    private static String endpoint(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class) + " "
                + exchange.getProperty(TEMPLATE, "", String.class);
    }

    /** The value of a header; null if there is none, or it is no number. */
    private static Integer number(Message answer, String header) {
        String value = header.isEmpty() ? null : answer.getHeader(header, String.class);
        return value != null && value.strip().matches("\\d{1,9}") ? Integer.valueOf(value.strip()) : null;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
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
