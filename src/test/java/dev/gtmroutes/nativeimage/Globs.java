// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.util.regex.Pattern;

/** Globs of GraalVM: {@code *} is any part of a name, {@code **} any names with slashes between. */
final class Globs {

    private Globs() {
    }

    static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (glob.charAt(i) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(glob.substring(i, i + 1)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
