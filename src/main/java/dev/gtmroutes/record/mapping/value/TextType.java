// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

/** A text: the digits of a number, true or false as a word, an object or a list as its JSON. */
public final class TextType implements ValueType {

    @Override
    public String word() {
        return "text";
    }

    @Override
    public String problem() {
        return "is not a text";
    }

    @Override
    public Span convert(Span value, Reading record) {
        return value.isText() ? value : Span.of(JsonText.quoted(value.json()));
    }
}
