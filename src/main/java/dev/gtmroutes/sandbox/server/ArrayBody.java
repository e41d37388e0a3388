// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A body with a JSON array in it, made element by element while it is sent. */
public final class ArrayBody implements Iterator<byte[]> {

    private final Iterator<String> elements;
    private final String end;
    private String before;
    private boolean over;

    /**
     * @param begin    what stands before the elements
     * @param elements each as JSON
     * @param end      what stands behind them
     */
    public ArrayBody(String begin, Iterator<String> elements, String end) {
        this.before = begin;
        this.elements = elements;
        this.end = end;
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
        over = !elements.hasNext();
        String part = over ? (before.equals(",") ? "" : before) + end : before + elements.next();
        before = ",";
        return part.getBytes(StandardCharsets.UTF_8);
    }
}
