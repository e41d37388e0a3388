package dev.gtmroutes.credential;

import java.util.HashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;

/**
 * One call of a vendor API, in the order in which its route calls these methods: the request is sent, and once more if
 * the vendor refused a token that could be renewed.
 */
public class ApiCall {

    private static final String STATE = "GtmApiCall";
    private static final int UNAUTHORIZED = 401;

    private Credential credential;

    /** The credential that the request carries. */
    public void setCredential(Credential credential) {
        this.credential = credential;
    }

    /** Remembers the request: its answer takes its place. */
    public void begin(Exchange exchange) {
        Message message = exchange.getMessage();
        exchange.removeProperty(Credential.SENT);
        exchange.setProperty(STATE, new State(new HashMap<>(message.getHeaders()), message.getBody()));
    }

    /** The loop's condition: whether the request still has to be sent. */
    public boolean open(Exchange exchange) {
        return exchange.getProperty(STATE) != null;
    }

    /**
     * Looks at the answer: it counts, unless it refuses a token for which there is now another. Then the message is the
     * request again, without its credential.
     */
    public void judge(Exchange exchange) {
        State state = (State) exchange.getProperty(STATE);
        Message message = exchange.getMessage();
        AccessToken sent = (AccessToken) exchange.removeProperty(Credential.SENT);
        Object status = message.getHeader(Exchange.HTTP_RESPONSE_CODE);
        if (sent == null || !Integer.valueOf(UNAUTHORIZED).equals(status) || state.again || !credential.renew(sent)) {
            exchange.removeProperty(STATE);
            return;
        }
        state.again = true;
        message.removeHeaders("*");
        state.headers.forEach(message::setHeader);
        message.setBody(state.body);
        if (state.body instanceof StreamCache stream) {
            stream.reset();
        }
    }

    private static final class State {

        private final Map<String, Object> headers;
        private final Object body;
        private boolean again;

        State(Map<String, Object> headers, Object body) {
            this.headers = headers;
            this.body = body;
        }
    }
}
