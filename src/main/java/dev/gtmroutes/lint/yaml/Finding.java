// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;

/**
 * One mistake in one file.
 *
 * @param file    where it is
 * @param line    1-based
 * @param rule    short name of the rule that is broken
 * @param message what is wrong, why, and what to do, in one line; never shows what may be secret
 */
public record Finding(Path file, int line, String rule, String message) {

    public static final Comparator<Finding> IN_ORDER = Comparator.comparing(Finding::file).thenComparingInt(Finding::line);

    /** Rules about form and advice: Camel runs the file as its author means it. */
    private static final Set<String> WARNINGS = Set.of("compact-yaml", "kebab-case", "no-such-attribute", "unnamed-twins",
            "batch-off", "length", "section-order", "text", "annotation", "catalogue", "dependency", "unused-parameter",
            "response-flow-missing", "lookup-store-missing", "type-as-default");

    /** Whether the file would nevertheless do what its author means. */
    public boolean isWarning() {
        return WARNINGS.contains(rule);
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + message + " [" + rule + "]";
    }
}
