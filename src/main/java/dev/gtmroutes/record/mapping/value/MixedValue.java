// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.List;

import dev.gtmroutes.record.UnfitRecordException;

/**
 * A text with values in it.
 *
 * @param parts {@link Constant}s with the bytes between quotes of JSON, and {@link AttributeValue}s
 */
public record MixedValue(List<Expression> parts) implements Expression {

    public MixedValue {
        parts = List.copyOf(parts);
    }

    @Override
    public Span of(Reading record) throws UnfitRecordException {
        JsonBuffer text = new JsonBuffer(64, record.longest());
        text.add('"');
        for (Expression each : parts) {
            if (each instanceof AttributeValue value) {
                if (!value.addTo(text, record)) {
                    return null;
                }
            } else {
                text.add(each.of(record));
            }
        }
        text.add('"');
        return Span.of(text.toBytes());
    }

    @Override
    public List<AttributeValue> attributes() {
        return parts.stream().flatMap(each -> each.attributes().stream()).toList();
    }
}
