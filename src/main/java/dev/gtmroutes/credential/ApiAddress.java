// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.FirstEdition;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/**
 * Where a request goes, and whether the credential may go there: to the base URL's own scheme, host and port, and to
 * hosts that the call names. Nowhere in clear text, unless the base URL itself says so or the host is this machine.
 */
public class ApiAddress implements Processor, Predicate {

    private String baseUrl = "";
    private volatile Asked last;

    /** Where the API is; {@link #check} says whether it can be used. */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl.strip().replaceAll("/+$", "");
        last = null;
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
            throw new IllegalArgumentException("a base URL must not have a query");
        }
    }

    /**
     * @param  url              a path under the base URL beginning with '/', or an absolute URL
     * @param  sendCredentialTo more hosts that get the credential, comma-separated, may be null
     * @throws IllegalArgumentException if the URL is refused
     */
    public Target target(String url, String sendCredentialTo) {
        // Batches go to the same URL one after the other.
        Asked before = last;
        if (before != null && Objects.equals(before.url, url) && Objects.equals(before.sendCredentialTo, sendCredentialTo)) {
            return before.target;
        }
        Target target = look(url, sendCredentialTo);
        last = new Asked(url, sendCredentialTo, target);
        return target;
    }

    private Target look(String url, String sendCredentialTo) {
        URI absolute = ApiUrl.under(baseUrl, url);
        WebOrigin origin = WebOrigin.of(absolute);
        boolean trusted = isOwn(origin) || origin.isNamedIn(names(sendCredentialTo)) && origin.isPrivate();
        return new Target(absolute.toString(), trusted);
    }

    private boolean isOwn(WebOrigin origin) {
        return origin.equals(WebOrigin.of(URI.create(baseUrl)));
    }

    /** The base URL, if an absolute URL is on its scheme, host and port; empty for one that is not. */
    String baseUrlOf(String url) {
        return isOwn(WebOrigin.of(URI.create(url))) ? baseUrl : "";
    }

    /** The filter's condition: whether the credential may go where the request goes. */
    @Override
    public boolean matches(Exchange exchange) {
        return OpenCall.open(exchange).sendsCredential();
    }

    /** As in the first edition, where this was a step before the one that begins the call. */
    @Override
    public void process(Exchange exchange) {
        ApiRequest request = exchange.getMessage().getBody() instanceof ApiRequest value ? value
                : FirstEdition.request(exchange);
        Target target = request == null ? target(null, null) : target(request.url(), request.sendCredentialTo());
        exchange.setProperty(FirstEdition.SENT_TO, target.url());
        exchange.setProperty(FirstEdition.SEND_CREDENTIAL, target.sendCredential());
    }

    /** What the step of the first edition has found out. */
    static Target left(Exchange exchange) {
        return new Target(exchange.getProperty(FirstEdition.SENT_TO, String.class),
                exchange.getProperty(FirstEdition.SEND_CREDENTIAL, false, boolean.class));
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

    private record Asked(String url, String sendCredentialTo, Target target) {
    }
}
