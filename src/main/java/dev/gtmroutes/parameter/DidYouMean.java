// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what somebody who mistyped a name probably meant. */
public final class DidYouMean {

    private DidYouMean() {
    }

    /** @return {@code : did you mean x?} or, if nothing is near, the other text */
    public static String suggestion(String name, Collection<String> names, String otherwise) {
        return names.stream().min(Comparator.comparingInt(each -> distance(name, each)))
                .filter(each -> distance(name, each) <= Math.max(1, (name.length() + 1) / 3))
                .map(each -> ": did you mean " + each + "?").orElse(otherwise);
    }

    /** How many letters have to be changed, added or taken away; upper and lower case count as one. */
    public static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(row[j - 1], above) + 1);
                diagonal = above;
            }
        }
        return row[row.length - 1];
    }
}
