// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.AttributeRemoval;

/** The attribute that a found record becomes. All other bytes of a record stay as they came. For any number of threads. */
final class JoinedAttribute {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final byte[] name;
    private final AttributeRemoval before;

    /** @throws IllegalArgumentException if it is no name of an attribute */
    JoinedAttribute(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("as is '" + name + "'. Enter the name of one attribute, such as person");
        }
        this.name = ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
        this.before = AttributeRemoval.of(List.of(AttributePath.of(name)));
    }

    /** @return the record with the found one in it, in the place of an attribute of the same name */
    byte[] add(byte[] record, byte[] found) {
        byte[] rest = before.apply(record);
        int close = lastNonBlank(rest, rest.length - 1);
        ByteArrayOutputStream joined = new ByteArrayOutputStream(rest.length + found.length + name.length + 2);
        joined.write(rest, 0, close);
        if (rest[lastNonBlank(rest, close - 1)] != '{') {
            joined.write(',');
        }
        joined.writeBytes(name);
        joined.writeBytes(found);
        joined.write('}');
        return joined.toByteArray();
    }

    private static int lastNonBlank(byte[] json, int from) {
        int i = from;
        while (Character.isWhitespace(json[i])) {
            i--;
        }
        return i;
    }
}
