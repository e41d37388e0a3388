// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.Locale;
import java.util.Set;

/** True or false, from a word or from 1 and 0. */
public final class BooleanType implements ValueType {

    private static final Span TRUE = Span.of("true");
    private static final Span FALSE = Span.of("false");
    private static final Set<String> YES = Set.of("true", "yes", "y", "1", "on");
    private static final Set<String> NO = Set.of("false", "no", "n", "0", "off");

    @Override
    public String word() {
        return "boolean";
    }

    @Override
    public String problem() {
        return "is none of true, false, yes, no, y, n, on, off, 1 and 0";
    }

    @Override
    public Span convert(Span value, Reading record) {
        if (value.isContainer()) {
            return null;
        }
        String text = value.text().strip().toLowerCase(Locale.ROOT);
        return YES.contains(text) ? TRUE : NO.contains(text) ? FALSE : null;
    }
}
