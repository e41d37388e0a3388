// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with gaps: {@code @name@} is a value; alone in its line, it is as many lines as the value has. A line that begins
 * with {@code ?word?} is left out unless the word is given.
 */
final class Skeleton {

    private static final Pattern CONDITION = Pattern.compile("^\\?(\\w+)\\?(.*)$");
    private static final Pattern BLOCK = Pattern.compile("^( *)@(\\w+)@$");
    private static final Pattern GAP = Pattern.compile("@(\\w+)@");

    private final String text;

    private Skeleton(String text) {
        this.text = text;
    }

    /** @param name of a file in {@code catalogue/} on the classpath */
    static Skeleton named(String name) {
        try (InputStream file = Skeleton.class.getResourceAsStream("/catalogue/" + name)) {
            return new Skeleton(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String fill(Map<String, String> values, Set<String> words) {
        StringBuilder filled = new StringBuilder();
        text.lines().forEach(line -> {
            Matcher condition = CONDITION.matcher(line);
            if (!condition.matches()) {
                fill(line, values, filled);
            } else if (words.contains(condition.group(1))) {
                fill(condition.group(2), values, filled);
            }
        });
        return filled.toString();
    }

    private static void fill(String line, Map<String, String> values, StringBuilder filled) {
        Matcher block = BLOCK.matcher(line);
        if (block.matches()) {
            value(block.group(2), values).lines()
                    .forEach(each -> filled.append(block.group(1)).append(each).append('\n'));
            return;
        }
        filled.append(GAP.matcher(line).replaceAll(gap -> Matcher.quoteReplacement(value(gap.group(1), values))))
                .append('\n');
    }

    private static String value(String name, Map<String, String> values) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("there is no value for " + name);
        }
        return value;
    }
}
