package dev.gtmroutes.sandbox.exports;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The body of one page, {@code {"data":[…],"meta":{…}}}, record by record. */
final class PageBody implements Iterator<byte[]> {

    private final Iterator<String> records;
    private final String end;
    private String before = "{\"data\":[";
    private boolean over;

    PageBody(Iterator<String> records, int limit, int offset, long total) {
        this.records = records;
        this.end = "],\"meta\":{\"limit\":%d,\"offset\":%d,\"total\":%d}}".formatted(limit, offset, total);
    }

    @Override
    public boolean hasNext() {
        return !over;
    }

    @Override
    public byte[] next() {
        if (over) {
            throw new NoSuchElementException();
        }
        over = !records.hasNext();
        String part = over ? (before.equals(",") ? "" : before) + end : before + records.next();
        before = ",";
        return part.getBytes(StandardCharsets.UTF_8);
    }
}
