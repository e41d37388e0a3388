// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.thread;

import java.nio.charset.StandardCharsets;

/**
 * Ends a program that runs out of memory: any of its threads may have lost what the others wait for. The files under
 * {@code data/} are made for such an end. In a Camel application that embeds these packages, nothing ends by itself.
 */
public final class OutOfMemory {

    /** The exit status of such a program; the flag {@code -XX:+ExitOnOutOfMemoryError} of Java has the same. */
    public static final int STATUS = 3;

    /** Made in time: later, there is no memory for it. */
    private static final byte[] LAST_WORDS = ("The program ends, because it has no memory left. Give it more memory "
            + "(-Xmx), or decrease gtm.max-record-bytes and the maxInFlight of its flows.\n")
            .getBytes(StandardCharsets.UTF_8);
    private static volatile boolean isEnding;

    private OutOfMemory() {
    }

    /** From now on, an {@link OutOfMemoryError} that this class is shown, or that no code catches, ends the program. */
    public static void endsProgram() {
        isEnding = true;
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            check(failure);
            if (before != null) {
                before.uncaughtException(thread, failure);
            } else {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                failure.printStackTrace();
            }
        });
    }

    /** To be called where any error is contained. */
    public static void check(Throwable failure) {
        if (isEnding && isCausedBy(failure)) {
            System.err.write(LAST_WORDS, 0, LAST_WORDS.length);
            System.err.flush();
            Runtime.getRuntime().halt(STATUS);
        }
    }

    private static boolean isCausedBy(Throwable failure) {
        Throwable cause = failure;
        // A chain of causes may be a circle.
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
