package dev.gtmroutes.credential;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.delivery.RequestSender;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Where a request goes, and whether the credential may go there: to the base URL's own scheme, host and port, and to
 * hosts that the call names. Nowhere in clear text, unless the base URL itself says so or the host is this machine.
 */
public class ApiAddress implements Processor {

    /** Exchange property the request comes with: a path under the base URL, or an absolute URL; percent-encoded. */
    public static final String URL = RequestSender.URL;

    /** Exchange property the request may come with: more hosts that get the credential, {@code host,host:port}. */
    public static final String SEND_CREDENTIAL_TO = RequestSender.SEND_CREDENTIAL_TO;

    /** Exchange property left behind: the absolute URL that the request was sent to. */
    public static final String SENT_TO = RequestSender.SENT_TO;

    /** Exchange property left behind: whether the request carries the credential. */
    public static final String SEND_CREDENTIAL = "GtmSendCredential";

    /** Exchange property left behind in a preview: the base URL; empty for a request to another origin. */
    static final String BASE_URL = "GtmBaseUrl";

    private String baseUrl = "";

    /** Where the API is; {@link #check} says whether it can be used. */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl.strip().replaceAll("/+$", "");
    }

    /**
     * To be called once the properties are set. Not left to the setter: Camel would quote the value of a property that
     * cannot be set.
     *
     * @throws IllegalArgumentException if the base URL cannot be used
     */
    public void check() {
        if (baseUrl.isEmpty()) {
            throw new IllegalArgumentException("the base URL of the API is missing");
        }
        if (ApiUrl.absolute(baseUrl).getRawQuery() != null) {
            throw new IllegalArgumentException("a base URL may not have a query");
        }
    }

    /**
     * @param  url              a path under the base URL beginning with '/', or an absolute URL
     * @param  sendCredentialTo more hosts that get the credential, comma-separated, may be null
     * @throws IllegalArgumentException if the URL is refused
     */
    public Target target(String url, String sendCredentialTo) {
        URI absolute = ApiUrl.under(baseUrl, url);
        Origin origin = Origin.of(absolute);
        boolean trusted = isOwn(origin) || origin.isNamedIn(names(sendCredentialTo)) && origin.isPrivate();
        return new Target(absolute.toString(), trusted);
    }

    private boolean isOwn(Origin origin) {
        return origin.equals(Origin.of(URI.create(baseUrl)));
    }

    @Override
    public void process(Exchange exchange) {
        Target target = target(exchange.getProperty(URL, String.class),
                exchange.getProperty(SEND_CREDENTIAL_TO, String.class));
        Message message = exchange.getMessage();
        // Each of these would make camel-http call another URL than the one that was checked.
        message.removeHeader(Exchange.HTTP_PATH);
        message.removeHeader(Exchange.HTTP_QUERY);
        message.removeHeader(Exchange.HTTP_RAW_QUERY);
        message.removeHeader(Exchange.REST_HTTP_URI);
        message.removeHeader(Exchange.REST_HTTP_QUERY);
        message.setHeader(Exchange.HTTP_URI, target.url());
        exchange.setProperty(SENT_TO, target.url());
        exchange.setProperty(SEND_CREDENTIAL, target.sendCredential());
        if (exchange.getProperty(Preview.PROPERTY) != null) {
            exchange.setProperty(BASE_URL, isOwn(Origin.of(URI.create(target.url()))) ? baseUrl : "");
        }
    }

    private static Set<String> names(String list) {
        return list == null ? Set.of()
                : Arrays.stream(list.split(",")).map(each -> each.strip().toLowerCase(Locale.ROOT))
                        .filter(each -> !each.isEmpty()).collect(Collectors.toSet());
    }

    /**
     * Where one request goes.
     *
     * @param url            the absolute URL
     * @param sendCredential whether the credential may go there
     */
    public record Target(String url, boolean sendCredential) {
    }
}
