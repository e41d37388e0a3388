// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tells patterns that look at a text in a short time from those that could look at one for hours: each part that can match
 * in several ways multiplies the ways to try.
 */
final class HarmlessPattern {

    private static final int MOST_CHARS = 200;
    private static final long MOST_WAYS = 1000;
    private static final Pattern QUANTIFIER = Pattern.compile("(?:([*+?])|\\{(\\d{1,6})(?:(,)(\\d{1,6})?)?})[?+]?");
    /** A repeated group, flags, which change what a pattern means, and quotations, which hide where groups are. */
    private static final Pattern UNKNOWN = Pattern.compile("\\)[*+{]|\\(\\?[^:=!]|\\\\[QE\\d]");

    private final String pattern;
    private final Deque<Integer> groups = new ArrayDeque<>();
    private long ways = 1;
    private int unbounded;
    /** Of several patterns, ^ stands only before the first one. */
    private boolean isChoice;

    private HarmlessPattern(String pattern) {
        this.pattern = pattern;
    }

    static boolean is(String pattern) {
        try {
            Pattern.compile(pattern);
            return pattern.length() <= MOST_CHARS && !UNKNOWN.matcher(pattern).find()
                    && new HarmlessPattern(pattern).isHarmless();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private boolean isHarmless() {
        Matcher quantifier = QUANTIFIER.matcher(pattern);
        groups.push(1);
        for (int at = 0; at < pattern.length(); at++) {
            char now = pattern.charAt(at);
            if (now == '\\') {
                at++;
            } else if (now == '[') {
                at = endOfClass(at);
            } else if (now == '(') {
                groups.push(1);
                at += pattern.startsWith("?", at + 1) ? 2 : 0;
            } else if (now == '|') {
                isChoice |= groups.size() == 1;
                groups.push(groups.pop() + 1);
            } else if (now == ')' && groups.size() > 1) {
                multiply(groups.pop());
            } else if (quantifier.region(at, pattern.length()).lookingAt()) {
                count(quantifier);
                at = quantifier.end() - 1;
            }
        }
        multiply(groups.pop());
        // Without its beginning, a repetition is tried from each place of the text.
        return groups.isEmpty() && ways <= MOST_WAYS && (unbounded == 0 || unbounded == 1 && isAtBeginning());
    }

    private boolean isAtBeginning() {
        return !isChoice && pattern.startsWith("^") && !pattern.startsWith("?", 1) && !pattern.startsWith("{", 1);
    }

    private void count(Matcher quantifier) {
        if (quantifier.group(1) != null) {
            unbounded += quantifier.group(1).equals("?") ? 0 : 1;
            multiply(2);
        } else if (quantifier.group(3) != null && quantifier.group(4) == null) {
            unbounded++;
        } else if (quantifier.group(3) != null) {
            multiply(Integer.parseInt(quantifier.group(4)) - Integer.parseInt(quantifier.group(2)) + 1);
        }
    }

    private void multiply(int by) {
        ways = Math.min(ways * Math.max(by, 1), MOST_WAYS + 1);
    }

    /** Of a class in a class, too. If the end is unclear, the first place that can be it, so that more is counted. */
    private int endOfClass(int from) {
        int depth = 0;
        for (int at = from; at < pattern.length(); at++) {
            char now = pattern.charAt(at);
            if (now == '\\') {
                at++;
            } else if (now == '[') {
                depth++;
            } else if (now == ']' && --depth == 0) {
                return at;
            }
        }
        return pattern.length();
    }
}
