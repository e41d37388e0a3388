package dev.gtmroutes.console;

/**
 * A text of any length as a page shows it.
 *
 * @param text  its beginning
 * @param isCut whether there is more
 */
public record ShownText(String text, boolean isCut) {

    private static final int MOST_CHARACTERS = 64 * 1024;

    /** JSON with line breaks. It is cut before: those of nothing but brackets are many times as long. */
    static ShownText json(String text) {
        ShownText beginning = of(text);
        ShownText pretty = of(PrettyJson.of(beginning.text));
        return new ShownText(pretty.text, beginning.isCut || pretty.isCut);
    }

    static ShownText of(String text) {
        return text.length() <= MOST_CHARACTERS ? new ShownText(text, false)
                : new ShownText(text.substring(0, MOST_CHARACTERS), true);
    }
}
