// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.apache.camel.util.StringHelper;

/**
 * The rules for a URL that a request may go to. Whatever is not plainly fine is refused rather than mended: two
 * programs that mend it differently would disagree on its host, and so on who gets the credential.
 */
public final class ApiUrl {

    /** What RFC 3986 allows unencoded, besides letters and digits. Java itself refuses brackets in a path. */
    private static final String LEGAL = "-._~:/?@!$&'()*+,;=[]";
    private static final int MOST_SHOWN = 200;

    private ApiUrl() {
    }

    /**
     * @param  base a checked base URL without a slash at its end
     * @param  url  a path under it, beginning with '/', or an absolute http or https URL; percent-encoded
     * @return      the absolute URL, its characters untouched
     * @throws IllegalArgumentException if it is refused; the message is one sentence
     */
    static URI under(String base, String url) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException("the request has no URL");
        }
        if (url.startsWith("//")) {
            throw refused(url, "a path must not begin with //");
        }
        return absolute(url.startsWith("/") ? base + url : url);
    }

    /** Checks an absolute URL. */
    public static URI absolute(String url) {
        characters(url);
        String scheme = StringHelper.before(url, "://", "").toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(url, "it must be a path that begins with /, or an http or https URL");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refused(url, "it is not a valid URL");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw new IllegalArgumentException("a URL must not contain user:password@");
        }
        if (uri.getHost() == null || uri.getPort() > 65535) {
            throw refused(url, "the host or the port is not valid");
        }
        segments(url, uri.getRawPath());
        return uri;
    }

    private static void characters(String url) {
        for (int i = 0; i < url.length(); i++) {
            char each = url.charAt(i);
            if (each == '%') {
                if (i + 2 >= url.length() || Character.digit(url.charAt(i + 1), 16) < 0
                        || Character.digit(url.charAt(i + 2), 16) < 0) {
                    throw refused(url, "a % is not followed by two hexadecimal digits");
                }
            } else if (!(each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9'
                    || LEGAL.indexOf(each) >= 0)) {
                throw refused(url, "character U+%04X has to be percent-encoded".formatted((int) each));
            }
        }
    }

    /**
     * Servers resolve dot segments, also with encoded dots, and so leave the base path. An encoded slash is part of its
     * segment (RFC 3986, section 2.2): that is how a record's value keeps its slashes.
     */
    private static void segments(String url, String rawPath) {
        for (String each : rawPath.split("/")) {
            String name = StringHelper.before(decoded(each), ";", decoded(each));
            if (name.equals(".") || name.equals("..")) {
                throw refused(url, "the path contains a . or .. segment");
            }
        }
    }

    /** Decodes byte by byte: only dots, slashes and semicolons matter here. */
    private static String decoded(String path) {
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char each = path.charAt(i);
            if (each == '%') {
                each = (char) Integer.parseInt(path.substring(i + 1, i + 3), 16);
                i += 2;
            }
            text.append(each);
        }
        return text.toString();
    }

    /** The query may hold what is secret, and so may anything in front of an @: neither is shown. */
    private static IllegalArgumentException refused(String url, String why) {
        String path = StringHelper.before(url, "?", url);
        String shown = path.contains("@") ? "" : path.substring(0, Math.min(path.length(), MOST_SHOWN)) + " ";
        String ascii = new String(shown.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        return new IllegalArgumentException("URL " + ascii.replaceAll("\\p{Cntrl}", "?") + "is refused: " + why);
    }
}
