// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.List;

/** A value that is the same for all records. */
public record Constant(Span value) implements Expression {

    @Override
    public Span of(Reading record) {
        return value;
    }

    @Override
    public List<AttributeValue> attributes() {
        return List.of();
    }
}
