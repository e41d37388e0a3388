package dev.gtmroutes.credential;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.api.ApiHttpClient;
import dev.gtmroutes.api.BodyReader;
import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.SampleRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Predicate;
import org.apache.camel.StreamCache;

/**
 * One call of a vendor API, in the order in which its route calls these methods: the request is sent, and once more if
 * the vendor refused a token that could be renewed.
 */
public class ApiCall implements Predicate {

    /**
     * Exchange property left behind when a person has to put another credential into the settings: one line that says
     * so, without secrets. Camel hands no removal back from a Kamelet: whoever calls again removes it first.
     */
    public static final String CREDENTIAL_REFUSED = RequestSender.CREDENTIAL_REFUSED;

    /**
     * Exchange property left behind: true when the request began to be sent and no answer came, false when nothing was
     * sent, or an answer came.
     */
    public static final String MAYBE_SENT = RequestSender.MAYBE_SENT;

    /**
     * Exchange property the request may come with, of type {@link BodyReader}: gets the body of a 2xx, however long it
     * is. The answer's body is empty then.
     */
    public static final String READER = "GtmAnswerReader";

    private static final String STATE = "GtmApiCall";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private Credential credential;
    private String vendor = "The vendor";
    private RefusalForm refusal;

    /** The credential that the request carries. */
    public void setCredential(Credential credential) {
        this.credential = credential;
    }

    /** The vendor's name for a person. */
    public void setVendor(String vendor) {
        this.vendor = vendor;
    }

    /** How an answer, beside 401, says that it refuses the credential: {@code 500 /error/message /error/code}. */
    public void setRefusal(String refusal) {
        this.refusal = RefusalForm.parse(refusal);
    }

    /** Remembers the request: its answer takes its place. */
    public void begin(Exchange exchange) {
        Message message = exchange.getMessage();
        exchange.removeProperty(Credential.SENT);
        exchange.removeProperty(CREDENTIAL_REFUSED);
        exchange.setProperty(MAYBE_SENT, false);
        exchange.setProperty(STATE, new State(new HashMap<>(message.getHeaders()), message.getBody()));
    }

    /** The loop's condition: whether the request still has to be sent. */
    @Override
    public boolean matches(Exchange exchange) {
        return exchange.getProperty(STATE) != null;
    }

    /** In the place of the HTTP call, where only a preview is asked for: keeps the request, and says that it went well. */
    public void preview(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, String> headers = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel")) {
                headers.put(name, value.toString());
            }
        });
        byte[] body = message.getBody(byte[].class);
        exchange.getProperty(Preview.PROPERTY, Preview.class).add(new SampleRequest(
                message.getHeader(Exchange.HTTP_METHOD, String.class),
                message.getHeader(Exchange.HTTP_URI, String.class), headers, body == null ? new byte[0] : body,
                new SampleRequest.Way(exchange.getProperty(Exchange.TO_ENDPOINT, String.class),
                        exchange.getProperty(RequestSender.TEMPLATE, "", String.class),
                        exchange.getProperty(RequestSender.SEND_CREDENTIAL_TO, "", String.class),
                        exchange.getProperty(ApiAddress.BASE_URL, "", String.class),
                        exchange.getProperty(RequestSender.ONCE_ONLY, false, boolean.class))));
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, OK);
        message.setBody("");
    }

    /**
     * Looks at the answer: it counts, unless it refuses a token for which there is now another. Then the message is the
     * request again, without its credential.
     *
     * @throws IOException if an {@link BodyReader} does; the rest of the answer is not waited for
     */
    public void judge(Exchange exchange) throws IOException {
        State state = (State) exchange.getProperty(STATE);
        exchange.setProperty(MAYBE_SENT, false);
        Message message = exchange.getMessage();
        if (status(message) / 100 == 2 && exchange.getProperty(READER) instanceof BodyReader reader) {
            read(exchange, reader);
        }
        message.setBody(AnswerText.of(message));
        AccessToken sent = (AccessToken) exchange.removeProperty(Credential.SENT);
        if (sent != null && status(message) == UNAUTHORIZED && !state.again && credential.renew(exchange, sent)) {
            state.again = true;
            state.restore(message);
            return;
        }
        exchange.removeProperty(STATE);
        if (sent != null && refuses(message)) {
            exchange.setProperty(CREDENTIAL_REFUSED, "%s refused the credential %s (answered %d)".formatted(vendor,
                    credential.id(), status(message)));
        }
    }

    private static void read(Exchange exchange, BodyReader reader) throws IOException {
        Message message = exchange.getMessage();
        boolean complete = false;
        try {
            reader.read(message.getBody() instanceof InputStream body ? body : InputStream.nullInputStream());
            complete = true;
        } finally {
            if (!complete) {
                ApiHttpClient.abort(exchange);
            }
            message.setBody("");
        }
    }

    private boolean refuses(Message answer) {
        int status = status(answer);
        return status == UNAUTHORIZED || refusal != null && refusal.matches(status, answer.getBody(String.class));
    }

    private static int status(Message answer) {
        return answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
    }

    private static final class State {

        private final Map<String, Object> headers;
        private final Object body;
        private boolean again;

        State(Map<String, Object> headers, Object body) {
            this.headers = headers;
            this.body = body;
        }

        void restore(Message message) {
            message.removeHeaders("*");
            headers.forEach(message::setHeader);
            message.setBody(body);
            if (body instanceof StreamCache stream) {
                stream.reset();
            }
        }
    }
}
