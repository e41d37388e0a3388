// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.CallLimits;

/**
 * Two letters in the place of a vendor's logo. In templates: <code>{#vendor row.mark /}</code>, larger with
 * {@code size='lg'}.
 *
 * @param title   of the vendor, such as People.ai
 * @param letters such as Pa
 * @param place   of its colours, 0 to 5
 */
public record VendorMark(String title, String letters, int place) {

    /** Of a flow that sends to none that is known. */
    public static final VendorMark NONE = new VendorMark("No vendor", "–", 5);

    /** Stands for files, topics and other flows, which are no vendor. */
    public static final String OTHER = "Other destinations";

    private static final int COLOURS = 6;

    /** Of a vendor, by its title. */
    public static VendorMark of(String title, Kamelets known) {
        int place = vendors(known).indexOf(title);
        return new VendorMark(title, letters(title), place < 0 ? COLOURS - 1 : place % COLOURS);
    }

    /** Of the vendor that a template sends to. */
    public static VendorMark of(KameletDefinition template, Kamelets known) {
        return of(vendor(template), known);
    }

    /** The titles of all vendors that flows can send to, in their order. */
    public static List<String> vendors(Kamelets known) {
        return known.all().stream().filter(each -> each.type().equals("sink") && !CallLimits.isBuildingBlock(each))
                .map(VendorMark::vendor).distinct().sorted().toList();
    }

    /** The title of the vendor whose API a template sends to; {@link #OTHER} where a template wants no credential. */
    public static String vendor(KameletDefinition template) {
        boolean isOther = template.type().equals("sink") && template.parameter("credential").isEmpty();
        return isOther ? OTHER : template.group().orElse(OTHER);
    }

    private static String letters(String title) {
        List<String> words = Arrays.stream(title.split("[^\\p{L}\\p{N}]+")).filter(each -> !each.isEmpty()).toList();
        if (words.isEmpty()) {
            return "?";
        }
        String first = words.get(0);
        String second = words.size() > 1 ? words.get(1).substring(0, 1)
                : first.substring(Math.min(1, first.length()), Math.min(2, first.length()));
        return first.substring(0, 1).toUpperCase(Locale.ROOT) + second.toLowerCase(Locale.ROOT);
    }
}
