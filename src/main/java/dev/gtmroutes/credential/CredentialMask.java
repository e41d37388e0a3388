package dev.gtmroutes.credential;

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Takes the credential out of an answer that repeats it, before the answer reaches a dead letter, a response event or a
 * log. The answer's body becomes a text; of its headers, texts are looked at.
 */
public class CredentialMask implements Processor {

    private Credential credential;

    /** The credential that was sent. */
    public void setCredential(Credential credential) {
        this.credential = credential;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(credential.mask(AnswerText.of(message)));
        message.getHeaders().replaceAll((name, value) -> masked(value));
    }

    private Object masked(Object value) {
        if (value instanceof String text) {
            return credential.mask(text);
        }
        return value instanceof List<?> list ? list.stream().map(this::masked).toList() : value;
    }
}
