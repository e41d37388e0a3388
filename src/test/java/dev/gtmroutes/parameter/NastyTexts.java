// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.util.List;
import java.util.Random;

/** Texts of what means something to Camel, YAML, JSON, forms or URIs. */
public final class NastyTexts {

    private static final List<String> PARTS = List.of("&", ")", "}", "(", "{", "{{", "}}", "%", "%41", "%zz", "+", "#", "?",
            "=", ",", ";", "\\", "\"", "'", "\n", "é", "🚀", "RAW(", "RAW{", "gtm~", "gtm~YQ~", "~", "a", "B", "7", " ", "$",
            "${body}", "/", ":", "*", "|", "<", ">", "[", "]", "!", "@", "`", "^", ")&", "}&", "&x=", "sender", "null",
            "#bean:x", "- ", ": ");

    private NastyTexts() {
    }

    /** One of 1 to so many parts. No part of it is the placeholder of a setting, which would be resolved. */
    public static String text(Random random, int most) {
        while (true) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(most); i >= 0; i--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            if (!ParameterText.hasPlaceholder(text.toString())) {
                return text.toString();
            }
        }
    }
}
