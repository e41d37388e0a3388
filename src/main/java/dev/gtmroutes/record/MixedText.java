// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in which {@code {attribute}} stands for a value of the record; {@code {{attribute}}} is the same. */
final class MixedText {

    private static final Pattern ATTRIBUTE = Pattern.compile("\\{([^{}]+)}");

    private record Piece(String literal, AttributePath attribute) {
    }

    private final List<Piece> pieces = new ArrayList<>();

    MixedText(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the template requires a value, or the name of an attribute in braces");
        }
        String single = text.strip().replace("{{", "{").replace("}}", "}");
        Matcher attributes = ATTRIBUTE.matcher(single);
        int from = 0;
        while (attributes.find()) {
            pieces.add(new Piece(single.substring(from, attributes.start()), null));
            pieces.add(new Piece(null, AttributePath.of(attributes.group(1))));
            from = attributes.end();
        }
        pieces.add(new Piece(single.substring(from), null));
    }

    List<AttributePath> attributes() {
        return pieces.stream().map(Piece::attribute).filter(each -> each != null).toList();
    }

    /** Whether it is one attribute and nothing else. */
    boolean isAttribute() {
        return pieces.stream().allMatch(each -> each.attribute != null || each.literal.isEmpty())
                && attributes().size() == 1;
    }

    /** Whether no attribute is in it. */
    boolean isFixed() {
        return attributes().isEmpty();
    }

    /** @throws UnfitRecordException if the record lacks an attribute */
    String fill(Map<AttributePath, Attributes.Value> values) throws UnfitRecordException {
        StringBuilder text = new StringBuilder();
        for (Piece each : pieces) {
            text.append(each.attribute == null ? each.literal : UriTemplate.filled(each.attribute, values));
        }
        return text.toString();
    }
}
