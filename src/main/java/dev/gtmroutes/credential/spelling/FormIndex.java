// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.spelling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds any of some texts in one pass: a response can have megabytes, and the secrets in use have dozens of forms. */
public final class FormIndex {

    private static final int PAIRS = 1 << 16;

    /** By a hash of their first two characters: most places of a text are passed by a look at them. */
    private final Map<Integer, List<String>> forms = new HashMap<>();
    private final BitSet beginnings = new BitSet(PAIRS);

    /** @param forms of two characters at least, the longest first: a shorter one may be a part of it */
    public FormIndex(List<String> forms) {
        for (String each : forms) {
            beginnings.set(pair(each, 0));
            this.forms.computeIfAbsent(pair(each, 0), pair -> new ArrayList<>()).add(each);
        }
    }

    /** The text with each of the forms replaced. */
    public String replace(String text, String by) {
        if (forms.isEmpty()) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        int done = 0;
        for (int i = 0; i < text.length() - 1; i++) {
            String form = beginnings.get(pair(text, i)) ? at(text, i) : null;
            if (form != null) {
                replaced.append(text, done, i).append(by);
                done = i + form.length();
                i = done - 1;
            }
        }
        return done == 0 ? text : replaced.append(text, done, text.length()).toString();
    }

    private String at(String text, int from) {
        for (String each : forms.get(pair(text, from))) {
            if (text.startsWith(each, from)) {
                return each;
            }
        }
        return null;
    }

    private static int pair(String text, int from) {
        return (text.charAt(from) * 31 + text.charAt(from + 1)) % PAIRS;
    }
}
