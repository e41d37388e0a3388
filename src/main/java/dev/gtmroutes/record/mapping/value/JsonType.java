// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.WholeText;

/** The JSON value that a text holds, as it is written there. Other values stay. */
public final class JsonType implements ValueType {

    @Override
    public String word() {
        return "json";
    }

    @Override
    public String problem() {
        return "is not JSON";
    }

    @Override
    public Span convert(Span value, Reading record) {
        if (!value.isText()) {
            return value;
        }
        try {
            return JsonConstants.parse(WholeText.of(word(), value.text())).orElse(null);
        } catch (UnfitRecordException e) {
            // Half a character cannot be written.
            return null;
        }
    }
}
