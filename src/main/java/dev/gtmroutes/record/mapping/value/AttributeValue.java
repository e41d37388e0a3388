// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.List;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.UnfitRecordException;

/**
 * {@code {attribute}}, perhaps with a type and with what to do without a value; or a value of the run, such as
 * {@code {now}}.
 */
public final class AttributeValue implements Expression {

    /** Where the value comes from; null for none. */
    public interface Source {
        Span of(Reading record);
    }

    /** What takes its place where the attribute is absent, null or empty. */
    public enum WithoutValue {
        /** It stays what it is. */
        AS_IT_IS,
        /** The default. */
        DEFAULT,
        /** The target is left out. */
        DROP
    }

    private final AttributePath path;
    private final String name;
    private final Source source;
    private final ValueType type;
    private final WithoutValue without;
    private final Span fallback;
    private final String target;

    /**
     * @param path     of the attribute; null for a value of the run
     * @param name     as it was written
     * @param type     null to keep the value
     * @param fallback null if there is no default
     * @param target   what it is for, for reasons
     */
    public AttributeValue(AttributePath path, String name, Source source, ValueType type, WithoutValue without,
            Span fallback, String target) {
        this.path = path;
        this.name = name;
        this.source = source;
        this.type = type;
        this.without = without;
        this.fallback = fallback;
        this.target = target;
    }

    /** The attribute; null for a value of the run. */
    public AttributePath path() {
        return path;
    }

    /** Whether a record may lack it. */
    public boolean isOptional() {
        return without != WithoutValue.AS_IT_IS;
    }

    /** Whether the record's value is taken as it is. */
    public boolean isUnchanged() {
        return path != null && type == null && without == WithoutValue.AS_IT_IS;
    }

    public boolean isDropped() {
        return without == WithoutValue.DROP;
    }

    @Override
    public Span of(Reading record) throws UnfitRecordException {
        Span value = source.of(record);
        if (value == null || isOptional() && value.isEmpty()) {
            return fallback;
        }
        if (type == null || value.isNull()) {
            return value;
        }
        Span converted = type.convert(value, record);
        if (converted == null) {
            throw unfit(
                    value.isEmpty() ? "is empty, and " + type.problem() + ". To leave " + target + " out then, write |drop "
                            + "behind it, as in {" + name + ":" + type.word() + "|drop}" : type.problem());
        }
        return converted;
    }

    /**
     * Adds what it says to a text.
     *
     * @return false if the target is left out
     */
    public boolean addTo(JsonBuffer text, Reading record) throws UnfitRecordException {
        Span value = of(record);
        if (value == null && isDropped()) {
            return false;
        }
        if (value == null || value.isNull()) {
            throw unfit("is missing. For a text without it, write {" + name + "|}");
        }
        if (value.isContainer()) {
            throw unfit("is " + (value.isList() ? "a list" : "an object") + ", which cannot stand within a text");
        }
        int quote = value.isText() ? 1 : 0;
        text.add(value.bytes(), value.from() + quote, value.to() - quote);
        return true;
    }

    private UnfitRecordException unfit(String problem) {
        return new UnfitRecordException(
                "the attribute " + name + ", from which the mapping makes " + target + ", " + problem);
    }

    @Override
    public List<AttributeValue> attributes() {
        return path == null ? List.of() : List.of(this);
    }
}
