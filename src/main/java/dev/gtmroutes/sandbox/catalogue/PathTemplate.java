// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.catalogue;

import java.util.Arrays;

import com.fasterxml.jackson.annotation.JsonCreator;

/** A path whose segments are literal text or one variable each: {@code /users/{user_id}/tags}. */
public final class PathTemplate {

    private final String text;
    private final String[] segments;
    private final long literals;

    private PathTemplate(String text) {
        this.text = text;
        this.segments = split(text);
        this.literals = Arrays.stream(segments).filter(segment -> !isVariable(segment)).count();
    }

    @JsonCreator
    static PathTemplate of(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path must begin with '/': " + text);
        }
        return new PathTemplate(text);
    }

    /** This path below another one. */
    PathTemplate below(String base) {
        return of(base + text);
    }

    /** Whether it holds no variable, so that it matches itself only. */
    boolean isLiteral() {
        return literals == segments.length;
    }

    /** How many segments are literal: of two templates that match, the one with more is meant. */
    long literals() {
        return literals;
    }

    /** Whether a raw (still percent-encoded) path matches; a variable takes exactly one segment that is not empty. */
    boolean matches(String path) {
        String[] actual = split(path);
        if (actual.length != segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            boolean same = isVariable(segments[i]) ? !actual[i].isEmpty() : segments[i].equals(actual[i]);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }

    private static String[] split(String path) {
        return path.split("/", -1);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
