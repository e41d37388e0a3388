package dev.gtmroutes.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Takes the credential out of an answer that repeats it, before the answer reaches a dead letter, a response event
 * or a log. Answers are read as text; their other headers are left alone.
 */
public class CredentialMask implements Processor {

    private String credential;

    /** The credential that was sent, without any prefix. */
    public void setCredential(String credential) {
        this.credential = credential;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String answer = message.getBody(String.class);
        message.setBody(answer == null ? "" : answer.replace(credential, "***"));
    }
}
