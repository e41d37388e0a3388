// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.net.URI;
import java.net.URISyntaxException;

import dev.gtmroutes.credential.Secrets;

/** Where a webhook is. All but the host is as good as a password. */
final class WebhookUrl {

    private final String url;
    private final Secrets secrets;

    /**
     * @param secrets learns what is secret of it
     * @throws IllegalArgumentException if it is no URL; the message does not show it
     */
    WebhookUrl(String url, Secrets secrets) {
        this.url = url;
        this.secrets = secrets;
        secrets.addUrl(check(url));
    }

    /** @throws IllegalArgumentException if it is no URL; the message does not show it */
    static URI check(String url) {
        try {
            URI parts = new URI(url);
            boolean http = "http".equalsIgnoreCase(parts.getScheme()) || "https".equalsIgnoreCase(parts.getScheme());
            if (http && parts.getHost() != null && parts.getRawUserInfo() == null) {
                return parts;
            }
        } catch (URISyntaxException e) {
            // Its message shows the URL.
        }
        throw new IllegalArgumentException("responseWebhook is not a URL. Enter a URL such as "
                + "https://hooks.example.com/in?team=gtm");
    }

    /** The URL itself, for nobody but the HTTP client. */
    String url() {
        return url;
    }

    /** The text without what is secret of the URL, and any other secret in use. */
    String mask(String text) {
        return secrets.mask(text);
    }

    @Override
    public String toString() {
        return URI.create(url).getHost();
    }
}
