// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries any text through the URI of a Kamelet's endpoint: what Camel would damage travels as an ASCII token.
 *
 * <p>Camel passes a value through its parser of placeholders, through a URI, and through {@code RAW(...)} once per
 * Kamelet on the way. None of these has an escape: {@code }}}, or {@code &} beside a bracket, cannot be written at all.
 * A token ({@code gtm~<base64url>~}) holds no character that any of them looks at, also inside a longer text, so that
 * templates compose values as before. A bean per call was the alternative: it would need a name in a registry that
 * lives and ends with each flow, and a template could not build {@code id={{userId}}} of it.
 *
 * <p>Placeholders of settings, {@code {{name}}} or {@code {{name:default}}}, stay placeholders. Tokens are replaced where
 * values end, see {@link ParameterDecoding}.
 */
public final class ParameterText {

    private static final Pattern TOKEN = Pattern.compile("gtm~([A-Za-z0-9_-]+)~");
    /** Nothing in it means anything to Camel, to YAML inside quotes, or to a URI. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./:,-]*");
    /** May be the name of a bean in a Kamelet, which Camel would take it for. */
    private static final Pattern NAME = Pattern.compile("(?!(?:true|false|GET|POST|PUT|PATCH|DELETE)$)[A-Za-z][\\w-]*");
    private static final String PREFIX = "gtm~";

    private ParameterText() {
    }

    /** The text with a token in the place of each part between placeholders that Camel would damage. */
    public static String encode(String text) {
        return NAME.matcher(text).matches() ? token(text) : walk(text, ParameterText::part, UnaryOperator.identity());
    }

    private static String part(String literal) {
        return HARMLESS.matcher(literal).matches() ? literal : token(literal);
    }

    private static String token(String text) {
        return PREFIX + Base64.getUrlEncoder().withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "~";
    }

    /** The text with what each token in it stands for. A text that only looks like a token stays as it is. */
    public static String decode(String text) {
        if (!text.contains(PREFIX)) {
            return text;
        }
        return TOKEN.matcher(text).replaceAll(token -> Matcher.quoteReplacement(original(token.group(), token.group(1))));
    }

    private static String original(String token, String encoded) {
        try {
            return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return token;
        }
    }

    /**
     * How a text is written as the value of a parameter in the URI of a Kamelet: encoded, and in {@code RAW(...)} where
     * a setting gives a part of it, for that may hold an {@code &}.
     */
    public static String inUri(String text) {
        String encoded = encode(text);
        boolean whole = hasPlaceholder(text) && !text.startsWith("{{?");
        return whole ? "RAW(" + encoded + ")" : encoded;
    }

    /** Whether the whole value is written as one that Camel must not look into. */
    public static boolean isRaw(String written) {
        return written.startsWith("RAW(") && written.endsWith(")") || written.startsWith("RAW{") && written.endsWith("}");
    }

    /** What is meant by a value as it is written: without its {@code RAW(...)}. */
    public static String plain(String written) {
        return isRaw(written) ? written.substring(4, written.length() - 1) : written;
    }

    /** Whether a setting gives the text, or a part of it. */
    public static boolean hasPlaceholder(String text) {
        for (int at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at + 1)) {
            if (placeholderEnd(text, at) > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Replaces each placeholder, and leaves everything else as it is.
     *
     * @param value what a placeholder, with its braces, stands for
     */
    public static String resolve(String text, UnaryOperator<String> value) {
        return walk(text, UnaryOperator.identity(), value);
    }

    private static String walk(String text, UnaryOperator<String> literal, UnaryOperator<String> placeholder) {
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (int at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at)) {
            int end = placeholderEnd(text, at);
            if (end < 0) {
                at++;
                continue;
            }
            result.append(literal.apply(text.substring(done, at))).append(placeholder.apply(text.substring(at, end)));
            done = end;
            at = end;
        }
        return result.append(literal.apply(text.substring(done))).toString();
    }

    /**
     * @param  at where two braces open
     * @return    behind the two braces that close the placeholder, or -1 if this is none: a name, and perhaps a colon and
     *            a default, which may hold placeholders itself
     */
    private static int placeholderEnd(String text, int at) {
        int name = at + 2;
        int end = name;
        while (end < text.length() && "{}:".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == name || end == text.length()) {
            return -1;
        }
        if (text.charAt(end) == ':') {
            end = defaultEnd(text, end + 1);
        }
        return end >= 0 && text.startsWith("}}", end) ? end + 2 : -1;
    }

    private static int defaultEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '}') {
            if (text.charAt(end) == '{') {
                end = text.startsWith("{{", end) ? placeholderEnd(text, end) : -1;
                if (end < 0) {
                    return -1;
                }
            } else {
                end++;
            }
        }
        return end;
    }
}
