// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the variables of a URI template (RFC 6570). */
final class UriVariables {

    private static final Pattern EXPRESSION = Pattern.compile("(?<!\\{)\\{[+#./;?&]?([^{}]+)}(?!})");

    private UriVariables() {
    }

    static List<String> in(String template) {
        List<String> names = new ArrayList<>();
        Matcher expression = EXPRESSION.matcher(template);
        while (expression.find()) {
            for (String each : expression.group(1).split(",")) {
                names.add(each.strip().replaceFirst("(\\*|:\\d+)$", ""));
            }
        }
        return names;
    }
}
