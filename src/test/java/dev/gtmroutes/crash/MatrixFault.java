// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.Arrays;
import java.util.Locale;

/** What happens while records are under way: a column of the crash matrix. */
enum MatrixFault {

    NONE("no fault"), SIGTERM("SIGTERM"), KILL9("kill -9"), EDIT("live edit"), RESTART("broker and vendor restart");

    private final String title;

    MatrixFault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is none of this name */
    static MatrixFault named(String word) {
        return Arrays.stream(values()).filter(fault -> fault.label().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no fault '" + word + "'; there are: "
                        + String.join(", ", Arrays.stream(values()).map(MatrixFault::label).toList())));
    }

    /**
     * One time that it happened.
     *
     * @param start when it began, in ns
     * @param end   when it was over, in ns: the program had ended, the files were written, the vendors were back
     */
    record Happened(MatrixFault fault, long start, long end) {
    }
}
