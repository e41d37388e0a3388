package dev.gtmroutes.console;

/**
 * A text of any length as a page shows it.
 *
 * @param text  its beginning
 * @param isCut whether there is more
 */
public record ShownText(String text, boolean isCut) {

    private static final int MOST_CHARACTERS = 64 * 1024;

    static ShownText of(String text) {
        return text.length() <= MOST_CHARACTERS ? new ShownText(text, false)
                : new ShownText(text.substring(0, MOST_CHARACTERS), true);
    }
}
