// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.Arrays;

import dev.gtmroutes.record.read.Bytes;

/** Where the members of one JSON object stand. */
public final class ObjectScan {

    private static final int EACH = 4;

    private final byte[] json;
    private int[] places = new int[16 * EACH];
    private int count;

    /**
     * @param json well-formed
     * @param from the object's opening brace
     * @param to   the end of the bytes, or any place behind the object
     */
    public ObjectScan(byte[] json, int from, int to) {
        this.json = json;
        int at = Bytes.skipBlank(json, from + 1, to);
        while (json[at] != '}') {
            int nameEnd = JsonText.textEnd(json, at, to);
            int value = Bytes.skipBlank(json, Bytes.skipBlank(json, nameEnd, to) + 1, to);
            int end = JsonText.valueEnd(json, value, to);
            add(at + 1, nameEnd - 1, value, end);
            at = Bytes.skipBlank(json, end, to);
            if (json[at] == ',') {
                at = Bytes.skipBlank(json, at + 1, to);
            }
        }
    }

    private void add(int nameFrom, int nameTo, int from, int to) {
        int at = count++ * EACH;
        if (at == places.length) {
            places = Arrays.copyOf(places, 2 * at);
        }
        places[at] = nameFrom;
        places[at + 1] = nameTo;
        places[at + 2] = from;
        places[at + 3] = to;
    }

    public byte[] json() {
        return json;
    }

    public int count() {
        return count;
    }

    /** The opening quote of the name of a member. */
    public int start(int member) {
        return places[member * EACH] - 1;
    }

    /** Behind the value of a member. */
    public int end(int member) {
        return places[member * EACH + 3];
    }

    public Span value(int member) {
        return new Span(json, places[member * EACH + 2], places[member * EACH + 3]);
    }

    /** @return the position of its name in the index, or -1 */
    public int name(int member, NameIndex index) {
        return index.find(json, places[member * EACH], places[member * EACH + 1]);
    }
}
