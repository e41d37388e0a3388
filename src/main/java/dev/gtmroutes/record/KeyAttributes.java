// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * By what a person knows a record: the value of the attributes that the setting {@code recordKey} names, in the record as it
 * came in. Immutable, for any number of threads.
 */
public final class KeyAttributes {

    /** Where no attribute is named. */
    public static final KeyAttributes NONE = new KeyAttributes("");

    /** A longer key is cut. */
    private static final int MOST_CHARS = 256;
    private static final String BETWEEN = "|";

    private final List<AttributePath> paths;
    private final Attributes attributes;

    /** @param recordKey attributes, comma-separated; blank for none */
    public KeyAttributes(String recordKey) {
        this.paths = AttributePath.list(recordKey);
        this.attributes = new Attributes(paths);
    }

    /**
     * @return the value, at most 256 characters; of several attributes the values with | between them. A text without its
     *         quotes, an object or array as its JSON. Null if no attribute is named, or the record has none of them
     */
    public String of(SourceRecord record) {
        if (paths.isEmpty() || !record.wellFormed()) {
            return null;
        }
        Map<AttributePath, Attributes.Value> values = attributes.of(record.bytes());
        if (paths.stream().map(values::get).noneMatch(each -> each != null && each.isThere())) {
            return null;
        }
        String key = paths.stream().map(each -> text(values.get(each))).collect(Collectors.joining(BETWEEN));
        return key.length() <= MOST_CHARS ? key
                : key.substring(0, Character.isHighSurrogate(key.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS);
    }

    private static String text(Attributes.Value value) {
        return value == null || !value.isThere() ? ""
                : value.text() != null ? value.text() : new String(value.json(), StandardCharsets.UTF_8);
    }
}
