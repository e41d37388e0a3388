// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;

/** How much of each body is kept for people who look: the setting {@value #SETTING}. */
final class KeptBytes {

    private static final String SETTING = "gtm.requests.body-bytes";
    private static final int USUAL = 8 << 10;
    /** With more, a few requests would push out all others. */
    private static final long MOST = 256 << 10;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(K?)");

    private KeptBytes() {
    }

    /** @throws IllegalArgumentException if the setting cannot be read; the message is one line */
    static int of(CamelContext camel) {
        return camel.getPropertiesComponent().resolveProperty(SETTING).map(String::strip).filter(each -> !each.isEmpty())
                .map(KeptBytes::parse).orElse(USUAL);
    }

    static int parse(String text) {
        Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        long bytes = size.matches() ? Long.parseLong(size.group(1)) << (size.group(2).isEmpty() ? 0 : 10) : MOST + 1;
        if (bytes > MOST) {
            throw new IllegalArgumentException(SETTING + ": '" + text + "' is not a size from 0 to 256K. Enter a number of "
                    + "bytes, or a number with K, such as 8K");
        }
        return (int) bytes;
    }
}
