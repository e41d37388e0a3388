// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.parameter.ParameterText;

/**
 * The only settings that flows of the console may name are those below {@code flow.}: all others, and the environment,
 * may hold secrets. A default is a plain text: Camel would take one with # for the name of a class or a bean.
 */
final class FlowPlaceholders {

    private static final Pattern ALLOWED = Pattern
            .compile("\\{\\{(\\??)(flow\\.[A-Za-z0-9_.-]+)(?::([A-Za-z0-9_./:,@+= -]*))?}}");
    private static final String ADVICE = "Flows of the console can use only settings such as {{flow.team}}, whose "
            + "names begin with flow and a dot, with a plain default";

    private FlowPlaceholders() {
    }

    /** @return what is wrong with the placeholders in a value that is encoded before Camel sees it; empty if all are fine */
    static Optional<String> refuses(String text) {
        List<String> others = new ArrayList<>();
        ParameterText.resolve(text, each -> {
            if (!ALLOWED.matcher(each).matches()) {
                others.add(each);
            }
            return each;
        });
        return others.isEmpty() ? Optional.empty() : Optional.of("This placeholder is not allowed. " + ADVICE);
    }

    /** The same of a text that Camel itself looks into: nothing else in it may look like a placeholder. */
    static Optional<String> refusesBare(String text) {
        String rest = without(text);
        return rest.contains("{{") || rest.contains("}}") || rest.contains("${")
                ? Optional.of("Placeholders and expressions "
                        + "are not allowed here. " + ADVICE)
                : Optional.empty();
    }

    /** The text with defaults, and without the names, in the place of placeholders. */
    static String without(String text) {
        return ALLOWED.matcher(text)
                .replaceAll(each -> each.group(3) == null ? "" : Matcher.quoteReplacement(each.group(3)));
    }

    /**
     * What a text with allowed placeholders may stand for, as far as the flow itself decides it: a setting alone is the
     * choice of the person who sets it.
     *
     * @return empty if it is such a setting; null in it where a setting is missing
     */
    static List<String> meanings(String text, Function<String, Optional<String>> settings) {
        Matcher whole = ALLOWED.matcher(text);
        if (whole.matches()) {
            return whole.group(3) == null ? List.of() : List.of(whole.group(3));
        }
        List<String> meanings = new ArrayList<>();
        meanings.add(resolve(text, settings));
        // A setting that is there now may be gone later.
        String usual = resolve(text, name -> Optional.empty());
        if (usual != null) {
            meanings.add(usual);
        }
        return meanings;
    }

    private static String resolve(String text, Function<String, Optional<String>> settings) {
        boolean[] missing = new boolean[1];
        String resolved = ALLOWED.matcher(text).replaceAll(each -> {
            Optional<String> value = settings.apply(each.group(2)).or(() -> Optional.ofNullable(each.group(3)))
                    .or(() -> each.group(1).isEmpty() ? Optional.empty() : Optional.of(""));
            missing[0] |= value.isEmpty();
            return Matcher.quoteReplacement(value.orElse(""));
        });
        return missing[0] ? null : resolved;
    }
}
