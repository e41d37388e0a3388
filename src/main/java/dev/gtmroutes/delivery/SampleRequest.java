package dev.gtmroutes.delivery;

import java.util.Map;

/**
 * A request as it would be sent.
 *
 * @param method  the HTTP method
 * @param url     the absolute URL
 * @param headers by name; the credential is shown as {@code ***}
 * @param body    the bytes of the body, empty if there is none
 */
public record SampleRequest(String method, String url, Map<String, String> headers, byte[] body) {
}
