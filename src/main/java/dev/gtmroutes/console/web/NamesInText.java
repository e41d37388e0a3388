// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;

/**
 * Finds ids in texts that the program also writes to logs, where a person has the file of the flow: {@code batchSize},
 * {@code inbox-source}, the credential {@code salesloft-default}. Pages show the names that the form has for them.
 */
final class NamesInText {

    /** A parameter of one word, such as map, cannot be told from the word. */
    private static final Pattern SEVERAL_WORDS = Pattern.compile("[a-z]+[A-Z][A-Za-z]*");
    /** Such as userId: APIs have fields of this name, and their errors name these. */
    private static final Pattern FIELD = Pattern.compile(".*Id");

    private final Map<String, String> names = new HashMap<>();
    private final Pattern ids;
    private final Pattern credentials;

    NamesInText(Kamelets known) {
        for (KameletDefinition each : known.all()) {
            names.put(each.fileName(), each.plainTitle());
            each.parameters().stream()
                    .filter(parameter -> SEVERAL_WORDS.matcher(parameter.name()).matches()
                            && !FIELD.matcher(parameter.name()).matches())
                    .forEach(parameter -> names.putIfAbsent(parameter.name(), parameter.label()));
        }
        this.ids = Pattern.compile("(?<![\\w./{-])(?:kamelet:)?(" + any(names.keySet().stream()) + ")(?![\\w}-]|[./]\\w)");
        this.credentials = Pattern.compile("\\bcredential (?:" + any(VendorApi.all(known).stream().map(VendorApi::name))
                + ")-([A-Za-z0-9_-]+)");
    }

    /** The longest first, so that none is taken for its beginning. */
    private static String any(Stream<String> texts) {
        return texts.sorted((one, other) -> other.length() - one.length()).map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    String shown(String text) {
        String named = credentials.matcher(text).replaceAll("credential “$1”");
        return ids.matcher(named).replaceAll(id -> Matcher.quoteReplacement("“" + names.get(id.group(1)) + "”"));
    }
}
