package dev.gtmroutes.credential;

import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.delivery.SampleRequest;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Sends one sample request for real, once, by the very route that flows send by: with the credential, in its rate
 * budget. It is no part of any flow: nothing counts it, repeats it, or keeps its records.
 */
public final class TestSend {

    private final CamelContext camel;

    /** @param camel in which the route of the vendor API is, or can be made */
    public TestSend(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * @param request of a preview; it has a way
     * @return what came of it, which is no exception, whatever it is
     */
    public TestedRequest send(SampleRequest request) throws InterruptedException {
        Trial trial = Trial.of(camel, request.way().endpoint(), exchange -> prepare(exchange, request));
        if (trial.answer() == null) {
            String why = trial.refused() != null ? trial.refused() : trial.problem();
            return new TestedRequest(trial.begun(), 0, Map.of(), "", trial.millis(),
                    trial.maybe() ? why + "; it may have been carried out" : why);
        }
        return new TestedRequest(trial.begun(), trial.status(), headers(trial.answer()),
                trial.answer().getBody(String.class), trial.millis(), trial.refused() == null ? "" : trial.refused());
    }

    /** The credential of the preview is a mask; the route of the vendor API puts the real one in its place. */
    private static void prepare(Exchange exchange, SampleRequest request) {
        exchange.setProperty(ApiAddress.URL, request.url());
        exchange.setProperty(ApiAddress.SEND_CREDENTIAL_TO, request.way().sendCredentialTo());
        exchange.setProperty(RateGate.TEMPLATE, request.way().template());
        Message message = exchange.getMessage();
        request.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setBody(request.body().length == 0 ? null : request.body());
    }

    private static Map<String, String> headers(Message answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel") && value != null) {
                headers.put(name, value.toString());
            }
        });
        return headers;
    }
}
