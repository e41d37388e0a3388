// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.api.AnswerMessage;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.FirstEdition;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.api.RequestForms;
import dev.gtmroutes.api.RequestTaker;
import dev.gtmroutes.credential.token.NoTokenException;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * One call of a vendor API, in the order in which its route calls these methods: the request is sent, and once more if
 * the vendor refused a token that could be renewed. The body is an {@link ApiRequest} before, and an {@link ApiAnswer}
 * behind; no call fails, for an answer says that there was none.
 */
public class ApiCall extends KameletBean implements Predicate, RequestTaker, RequestForms.Form {

    private static final int UNAUTHORIZED = 401;

    private String routeId = "";
    private ApiAddress address;
    private Credential credential;
    private String vendor = "The vendor";
    private OutcomePolicy policy = OutcomePolicy.USUAL;
    private String failureWhen = "";

    /**
     * Begins, once the properties are set: from then on it is known what requests look like, see {@link RequestForms}.
     *
     * @throws IllegalArgumentException if the address cannot be used
     */
    public void open() {
        beReady();
    }

    @Override
    protected void getReady() {
        if (address != null) {
            address.check();
        }
        RequestForms.of(camel).add(routeId, this);
    }

    /** Where requests go. */
    public void setAddress(ApiAddress address) {
        this.address = address;
    }

    /** The credential that the request carries. */
    public void setCredential(Credential credential) {
        this.credential = credential;
    }

    /** The vendor's name for a person. */
    public void setVendor(String vendor) {
        this.vendor = vendor;
    }

    /** Id of the route that it belongs to, which names the credential. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /**
     * As in the first edition: a status and pointers, {@code 500 /error/message /error/code}, that refuse the credential.
     */
    @Deprecated
    public void setRefusal(String refusal) {
        setOutcomes(refusal.strip().replaceAll("\\s+", ":") + "=credential");
    }

    /** What answers of this API mean, where that differs from the usual table, see {@link OutcomePolicy#parse}. */
    public void setOutcomes(String outcomes) {
        if (Opening.isKnown(outcomes)) {
            this.policy = OutcomePolicy.parse(outcomes);
        }
    }

    /** What a 2xx of this API holds that says no, as a JSON pointer; blank where none does. */
    public void setFailureWhen(String failureWhen) {
        this.failureWhen = failureWhen;
    }

    /**
     * Makes the message the HTTP request.
     *
     * @throws IllegalArgumentException if the message is no request
     */
    public void begin(Exchange exchange) {
        CredentialTrial trial = exchange.getMessage().getBody() instanceof CredentialTrial given ? given : null;
        Object body = trial != null ? trial.request() : exchange.getMessage().getBody();
        boolean value = body instanceof ApiRequest;
        ApiRequest request = value ? (ApiRequest) body : FirstEdition.request(exchange);
        if (request == null) {
            throw new IllegalArgumentException("there is no request to send: the message must be an ApiRequest");
        }
        try {
            beReady();
            ApiAddress.Target target = address == null ? ApiAddress.left(exchange)
                    : address.target(request.url(), request.sendCredentialTo());
            new OpenCall(request, target, !value).with(trial).begin(exchange);
        } catch (IllegalArgumentException e) {
            OpenCall refused = new OpenCall(request, new ApiAddress.Target(null, false), !value);
            refused.begin(exchange);
            refused.over();
            exchange.getMessage().setBody(ApiAnswer.failed(e).build());
        }
    }

    /** The loop's condition: whether the request still has to be sent. */
    @Override
    public boolean matches(Exchange exchange) {
        return !OpenCall.open(exchange).isOver();
    }

    /** As in the first edition, in the place of the HTTP call of a preview: Camel looks for it, and nobody calls it. */
    @Deprecated
    public void preview(Exchange exchange) {
        throw new IllegalStateException("a preview does not send requests");
    }

    /** Where something failed in the place of an answer. */
    public void failed(Exchange exchange) {
        OpenCall.open(exchange).failed(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /**
     * Looks at the answer: it counts, unless it refuses a token for which there is now another. Then the message is the
     * request again, without its credential.
     */
    public void judge(Exchange exchange) {
        OpenCall call = OpenCall.open(exchange);
        ApiAnswer answer = call.end(exchange);
        if (answer.status() == UNAUTHORIZED && call.sent() != null && !call.isRenewed()) {
            try {
                if (credential.renew(call)) {
                    call.renewed();
                    call.begin(exchange);
                    return;
                }
            } catch (NoTokenException e) {
                answer = ApiAnswer.failed(e).url(answer.url()).maybeSent(false).build();
            }
        }
        call.over();
        OutcomePolicy table = policy();
        if (call.refusal() == null && call.sent() != null && table.of(answer, false) == Outcome.CREDENTIAL) {
            call.refused("%s refused the credential%s (%d)%s".formatted(vendor,
                    call.trial() == null ? " " + credential.id() : "", answer.status(), said(answer, call.trial())));
        }
        note(call, answer, table);
        exchange.getMessage().setBody(answer.change().refusal(call.refusal()).policy(table).build());
    }

    /** What the vendor says to people; some say nothing. A status such as 500 alone would not tell that it is the token. */
    private String said(ApiAnswer answer, CredentialTrial trial) {
        String said = AnswerMessage.of(answer.text());
        for (String each : trial == null ? List.<String>of() : trial.values().values()) {
            said = each.isEmpty() ? said : said.replace(each, "***");
        }
        return said.isEmpty() ? "" : ": " + Exceptions.line(Secrets.of(camel).mask(said));
    }

    private void note(OpenCall call, ApiAnswer answer, OutcomePolicy table) {
        if (call.trial() != null) {
            return;
        }
        if (call.refusal() != null) {
            CredentialActivity.of(camel).refused(routeId, answer.status(), call.refusal());
        } else if (call.sent() != null && table.of(answer, false) == Outcome.DELIVERED) {
            CredentialActivity.of(camel).succeeded(routeId);
        }
    }

    private OutcomePolicy policy() {
        return failureWhen.isBlank() ? policy : policy.failingWhen(OutcomePolicy.pointer(failureWhen));
    }

    @Override
    public List<ApiRequest> shown(ApiRequest request) {
        ApiAddress.Target target = address.target(request.url(), request.sendCredentialTo());
        Map<String, String> headers = new TreeMap<>(request.headers());
        if (target.sendCredential()) {
            headers.keySet().removeIf(each -> each.equalsIgnoreCase(credential.header()));
            headers.put(credential.header(), credential.hidden());
        }
        return List.of(request.at(target.url(), headers));
    }

    @Override
    public String baseUrl(ApiRequest shown) {
        return address.baseUrlOf(shown.url());
    }
}
