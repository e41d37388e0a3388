// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.parameter.RouteModel;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * Vendor APIs as they were before requests and answers became values: a request was headers, a body and exchange properties,
 * and so was its answer. Kamelets and routes of users that are still written like this go on working for one more version,
 * on either side of a call. To be deleted then, with all that calls it.
 */
public final class FirstEdition {

    /** Exchange property: path or URL that the request goes to. */
    public static final String URL = "GtmUrl";
    /** Exchange property: more hosts that get the credential. */
    public static final String SEND_CREDENTIAL_TO = "GtmSendCredentialTo";
    /** Exchange property: whether the request carries the credential; a route's own filter asks for it. */
    public static final String SEND_CREDENTIAL = "GtmSendCredential";
    /** Exchange property left behind: the absolute URL that the request was sent to. */
    public static final String SENT_TO = "GtmSentTo";
    /** Exchange property left behind: why the credential is to blame. */
    public static final String CREDENTIAL_REFUSED = "GtmCredentialRefused";
    /** Exchange property left behind: whether a request without an answer may have been sent. */
    public static final String MAYBE_SENT = "GtmMaybeSent";
    /** Exchange property: name of the template. */
    public static final String TEMPLATE = "GtmTemplate";
    /** Exchange property: whether the request must not be carried out twice. */
    public static final String ONCE_ONLY = "GtmOnceOnly";

    private static final String KAMELET = "kamelet:";

    private FirstEdition() {
    }

    /**
     * Whether an endpoint of a vendor API has to be called like this: it is no Kamelet with a step that takes an
     * {@link ApiRequest}.
     */
    public static boolean isNeededFor(CamelContext camel, String endpoint) {
        return find(camel, endpoint).orElse(false);
    }

    /** The same; empty as long as there is nothing to tell it by, because the Kamelet is being exchanged. */
    public static Optional<Boolean> find(CamelContext camel, String endpoint) {
        if (!endpoint.startsWith(KAMELET)) {
            return Optional.of(true);
        }
        String name = endpoint.substring(KAMELET.length()).split("[/?]")[0];
        return Optional.ofNullable(RouteModel.template(camel, name)).map(
                each -> each.getTemplateBeans().stream().noneMatch(bean -> takesRequests(camel, bean.getType())));
    }

    private static boolean takesRequests(CamelContext camel, String type) {
        Class<?> found = type == null ? null
                : camel.getClassResolver().resolveClass(type.replaceFirst("^#class:", "").replaceFirst("[(#].*$", ""));
        return found != null && RequestTaker.class.isAssignableFrom(found);
    }

    /**
     * Makes the exchange a request for a vendor API that knows no {@link ApiRequest}.
     *
     * @throws IOException if it must not be sent, because that cannot be noted
     */
    public static void send(Exchange exchange, ApiRequest request) throws IOException {
        request.leaving().note();
        exchange.removeProperty(CREDENTIAL_REFUSED);
        exchange.removeProperty(MAYBE_SENT);
        exchange.removeProperty(SENT_TO);
        exchange.setProperty(URL, request.url());
        exchange.setProperty(SEND_CREDENTIAL_TO, request.sendCredentialTo());
        exchange.setProperty(TEMPLATE, request.template());
        exchange.setProperty(ONCE_ONLY, request.onceOnly());
        Message message = new DefaultMessage(exchange.getContext());
        request.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setBody(request.body());
        exchange.setMessage(message);
    }

    /** What such an API has left on the exchange. */
    public static ApiAnswer answer(Exchange exchange, Throwable failure) {
        HttpCall broken = HttpCall.find(exchange);
        String refusal = exchange.getProperty(CREDENTIAL_REFUSED, String.class);
        String sentTo = broken != null ? broken.url() : exchange.getProperty(SENT_TO, String.class);
        if (failure != null) {
            boolean maybe = broken != null ? broken.hasLeft()
                    : !(failure instanceof IllegalArgumentException)
                            && exchange.getProperty(MAYBE_SENT, true, boolean.class);
            return ApiAnswer.failed(failure).maybeSent(maybe).refusal(refusal).url(sentTo).build();
        }
        Message message = exchange.getMessage();
        ApiAnswer.Builder answer = ApiAnswer.status(message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class));
        message.getHeaders().forEach((name, value) -> {
            for (Object each : value instanceof Iterable<?> some ? some : Collections.singleton(value)) {
                if (each != null && !name.startsWith("Camel")) {
                    answer.header(name, each.toString());
                }
            }
        });
        byte[] body = message.getBody(byte[].class);
        answer.body(body == null ? new byte[0] : body);
        if (message.getHeader(Exchange.HTTP_RESPONSE_CODE) == null) {
            // It went there, and nobody says what came of it.
            answer.maybeSent(true).problem("the vendor API leaves no status");
        }
        return answer.refusal(refusal).url(sentTo).build();
    }

    /** @return the request that the exchange is, if it is one of the first edition; null if it is none */
    public static ApiRequest request(Exchange exchange) {
        String url = exchange.getProperty(URL, String.class);
        if (url == null) {
            return null;
        }
        Message message = exchange.getMessage();
        Map<String, String> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel") && value != null) {
                headers.put(name, value.toString());
            }
        });
        ApiRequest plain = ApiRequest.of(message.getHeader(Exchange.HTTP_METHOD, "POST", String.class), url);
        return new ApiRequest(plain.method(), url, headers, message.getBody(byte[].class),
                exchange.getProperty(TEMPLATE, "", String.class), "", exchange.getProperty(ONCE_ONLY, false, boolean.class),
                exchange.getProperty(SEND_CREDENTIAL_TO, "", String.class), null, null, plain.leaving(), plain.running(),
                plain.records());
    }

    /**
     * Makes the message the answer, as a caller of the first edition expects it: status and headers, and the body as text.
     *
     * @throws NotSentException if no answer came, and nothing was sent
     * @throws IOException if no answer came otherwise
     */
    public static void answered(Exchange exchange, ApiAnswer answer) throws IOException {
        exchange.setProperty(SENT_TO, answer.url());
        exchange.setProperty(MAYBE_SENT, answer.status() <= 0 && answer.maybeSent());
        if (answer.refusal() != null) {
            exchange.setProperty(CREDENTIAL_REFUSED, answer.refusal());
        }
        if (answer.status() <= 0) {
            if (answer.failure() instanceof RuntimeException failure) {
                throw failure;
            }
            if (answer.maybeSent()) {
                throw new IOException(answer.problem(), answer.failure());
            }
            throw new NotSentException(answer.problem(), answer.failure());
        }
        Message message = exchange.getMessage();
        answer.headers().forEach((name, values) -> {
            // Of Camel's own headers some would lead the next request of the route to another URL.
            if (!name.regionMatches(true, 0, "Camel", 0, 5)) {
                message.setHeader(name, values.size() == 1 ? values.get(0) : values);
            }
        });
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setBody(answer.text());
    }
}
