// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.sandbox.server.RecordedRequest;

/** Which records arrived, each with its own number n, and how many of them more than once. */
final class Arrivals {

    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    private final BitSet seen = new BitSet();
    private long records;

    synchronized void count(RecordedRequest request) {
        if (request.accepted() == 0) {
            return;
        }
        Matcher numbers = NUMBER.matcher(new String(request.body(), StandardCharsets.ISO_8859_1));
        while (numbers.find()) {
            seen.set(Integer.parseInt(numbers.group(1)));
            records++;
        }
    }

    synchronized int different() {
        return seen.cardinality();
    }

    /** The numbers of all that arrived. */
    synchronized BitSet numbers() {
        return (BitSet) seen.clone();
    }

    synchronized long records() {
        return records;
    }
}
