// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

/**
 * Text that can be written as UTF-8. JSON can name half a character ({@code "\\ud83d"}, an unpaired surrogate); encoders put
 * a question mark in its place, and then the request is about something else.
 */
public final class WholeText {

    private WholeText() {
    }

    /**
     * @param  attribute the attribute that the text is of, for the message
     * @return the same text
     * @throws UnfitRecordException if half a character is in it
     */
    public static String of(Object attribute, String text) throws UnfitRecordException {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new UnfitRecordException("the attribute " + shown(attribute) + " contains half a character (%04x, "
                            + "an"
                                    .formatted((int) text.charAt(i))
                            + " unpaired surrogate), which cannot be sent");
                }
                i++;
            }
        }
        return text;
    }

    /** The reason has to be text that can be written, too. */
    private static String shown(Object attribute) {
        return attribute.toString().codePoints().map(each -> each >= 0xD800 && each <= 0xDFFF ? 0xFFFD : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
