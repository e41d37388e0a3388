// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.HttpCall;
import dev.gtmroutes.credential.token.AccessToken;
import dev.gtmroutes.credential.token.TokenSource;
import org.apache.camel.Exchange;

/** A call of a vendor API: what the steps of its route know beside the request itself. */
final class OpenCall extends HttpCall {

    private final boolean sendsCredential;
    private final boolean firstEdition;
    private CredentialTrial trial;
    private TokenSource trialTokens;
    private AccessToken sent;
    private RateBudget.Permit permit;
    private String refusal;
    private boolean renewed;
    private boolean over;

    /** @param firstEdition whether the caller knows no {@link ApiRequest} */
    OpenCall(ApiRequest request, ApiAddress.Target target, boolean firstEdition) {
        super(request, target.url());
        this.sendsCredential = target.sendCredential();
        this.firstEdition = firstEdition;
    }

    /** @throws IllegalStateException if the exchange is none */
    static OpenCall open(Exchange exchange) {
        return (OpenCall) HttpCall.of(exchange);
    }

    /** Whether the credential may go where the request goes. */
    boolean sendsCredential() {
        return sendsCredential;
    }

    boolean isFirstEdition() {
        return firstEdition;
    }

    @Override
    protected void left() {
        if (permit != null) {
            permit.sent();
        }
    }

    /** Has the request carry a credential that is not in use. */
    OpenCall with(CredentialTrial given) {
        trial = given;
        return this;
    }

    /** What is tested; null for a request with the credential in use. */
    CredentialTrial trial() {
        return trial;
    }

    /** Where the tokens of the trial come from; null before the first one. */
    TokenSource trialTokens() {
        return trialTokens;
    }

    void trialTokens(TokenSource tokens) {
        trialTokens = tokens;
    }

    /** The token that the request carries; null if it carries none. */
    AccessToken sent() {
        return sent;
    }

    void sends(AccessToken token) {
        sent = token;
    }

    /** The permission of the rate budget to send it; null if there is no budget. */
    RateBudget.Permit permit() {
        return permit;
    }

    void permit(RateBudget.Permit given) {
        permit = given;
    }

    /** Why the credential is to blame, as far as that is known before the answer; null if it is not. */
    String refusal() {
        return refusal;
    }

    void refused(String why) {
        refusal = why;
    }

    /** Whether it was sent again with a new token: that is done once. */
    boolean isRenewed() {
        return renewed;
    }

    void renewed() {
        renewed = true;
        sent = null;
    }

    /** Whether its answer counts, so that nothing is sent any more. */
    boolean isOver() {
        return over;
    }

    void over() {
        over = true;
    }
}
