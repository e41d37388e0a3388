// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.sandbox.checks.RequestRefusedException;
import dev.gtmroutes.sandbox.server.UrlEncoded;

/** The query parameters of one read of a list. */
final class ListParameters {

    private final Map<String, List<String>> all;
    private final int status;

    /** @param status of the answer to a value that cannot be meant */
    ListParameters(String uri, int status) {
        this.all = UrlEncoded.query(uri);
        this.status = status;
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    /** The last value of a parameter; null = it is not there. */
    String text(String name) {
        List<String> values = all.get(name);
        return values == null ? null : values.get(values.size() - 1);
    }

    /** All values of {@code name} and {@code name[]}. */
    List<String> texts(String name) {
        List<String> values = new ArrayList<>(all.getOrDefault(name, List.of()));
        values.addAll(all.getOrDefault(name + "[]", List.of()));
        return values;
    }

    /** A whole number, corrected to the nearest that is allowed. */
    long corrected(String name, long otherwise, long least, long most) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("-?\\d{1,18}")) {
            throw refused(name, "must be a whole number");
        }
        return Math.max(least, Math.min(most, Long.parseLong(text)));
    }

    /** A whole number; any that is not allowed is refused. */
    long number(String name, long otherwise, long least, long most) {
        long number = corrected(name, otherwise, Long.MIN_VALUE, Long.MAX_VALUE);
        if (number < least || number > most) {
            throw refused(name, "must be a whole number from " + least + " to " + most);
        }
        return number;
    }

    boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw refused(name, "must be true or false");
        }
        return "true".equals(text);
    }

    /** A time in microseconds. */
    long time(String name) {
        try {
            return Micros.parse(text(name));
        } catch (DateTimeException | ArithmeticException e) {
            throw refused(name, "must be a time such as 2025-01-31T12:00:00.000000Z");
        }
    }

    RequestRefusedException refused(String name, String why) {
        return new RequestRefusedException(status, name, "the query parameter '" + name + "' " + why);
    }
}
