// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.io.IOException;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.FirstEdition;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last step of a vendor API: takes the credential out of an answer that repeats it, before the answer reaches a dead
 * letter, a response event or a log. Nothing but the answer is left on the exchange.
 */
public class CredentialMask implements Processor {

    private Credential credential;

    /** The credential that was sent. */
    public void setCredential(Credential credential) {
        this.credential = credential;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        OpenCall call = OpenCall.open(exchange);
        ApiAnswer answer = exchange.getMessage().getBody(ApiAnswer.class).masked(credential::mask);
        call.leave(exchange, answer);
        if (call.isFirstEdition()) {
            FirstEdition.answered(exchange, answer);
        }
    }
}
