package dev.gtmroutes.record;

/** What the settings of a destination make of a record before it is sent. */
public final class Shape {

    private final AttributeRemoval excluded;

    /** @param excludeAttributes attributes to leave out, comma-separated, dotted paths for nested ones; may be blank */
    public Shape(String excludeAttributes) {
        this.excluded = AttributeRemoval.of(excludeAttributes);
    }

    /** @return the record as it is to be sent: the same object where nothing changes, or where it is no record */
    public SourceRecord apply(SourceRecord each) {
        if (excluded.isEmpty() || !each.wellFormed()) {
            return each;
        }
        byte[] shaped = excluded.apply(each.bytes());
        return shaped == each.bytes() ? each : new SourceRecord(shaped, each.index(), each.line(), null);
    }
}
