// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

/**
 * A text of any length as a page shows it.
 *
 * @param text  its beginning
 * @param isCut whether there is more
 */
public record TruncatedText(String text, boolean isCut) {

    private static final int MOST_CHARACTERS = 64 * 1024;

    /** JSON with line breaks. It is cut before: those of nothing but brackets are many times as long. */
    public static TruncatedText json(String text) {
        TruncatedText beginning = of(text);
        TruncatedText pretty = of(PrettyJson.of(beginning.text));
        return new TruncatedText(pretty.text, beginning.isCut || pretty.isCut);
    }

    public static TruncatedText of(String text) {
        return text.length() <= MOST_CHARACTERS ? new TruncatedText(text, false)
                : new TruncatedText(text.substring(0, MOST_CHARACTERS), true);
    }
}
