// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a file under {@code routes/} is not what runs.
 *
 * @param file  which one
 * @param line  1-based; empty where it is not known
 * @param cause what is wrong and what to do, one line without secrets
 */
public record RouteProblem(Path file, OptionalInt line, String cause) {

    private static final Pattern TOLD = Pattern.compile("(.+?\\.ya?ml)(?::(\\d+))?: (.*)", Pattern.DOTALL);

    /** @param told {@code file:line: cause} or {@code file: cause} */
    public static RouteProblem of(Path file, String told) {
        Matcher parts = TOLD.matcher(told);
        if (!parts.matches()) {
            return new RouteProblem(file, OptionalInt.empty(), told);
        }
        OptionalInt line = parts.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts.group(2)));
        return new RouteProblem(Path.of(parts.group(1)), line, parts.group(3));
    }

    @Override
    public String toString() {
        return file + (line.isPresent() ? ":" + line.getAsInt() : "") + ": " + cause;
    }
}
