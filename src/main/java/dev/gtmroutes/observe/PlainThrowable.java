// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An exception as the log shows it: with the trace and the causes of another one, whose texts were not fit for it. */
final class PlainThrowable extends Throwable {

    private static final long serialVersionUID = 1;

    private final String text;

    private PlainThrowable(String text, StackTraceElement[] trace) {
        super(text);
        this.text = text;
        setStackTrace(trace);
    }

    /**
     * @param  thrown null for none
     * @param  plain  what makes a text fit for the log
     * @return        the same where all its texts are plain, those of its causes too
     */
    static Throwable of(Throwable thrown, UnaryOperator<String> plain) {
        Map<Throwable, String> texts = new IdentityHashMap<>();
        read(thrown, plain, texts);
        return texts.entrySet().stream().allMatch(each -> each.getValue().equals(String.valueOf(each.getKey()))) ? thrown
                : copy(thrown, texts, new IdentityHashMap<>());
    }

    /** Causes may lead back to where they began. */
    private static void read(Throwable thrown, UnaryOperator<String> plain, Map<Throwable, String> texts) {
        if (thrown != null && !texts.containsKey(thrown)) {
            texts.put(thrown, plain.apply(String.valueOf(thrown)));
            read(thrown.getCause(), plain, texts);
            for (Throwable each : thrown.getSuppressed()) {
                read(each, plain, texts);
            }
        }
    }

    private static Throwable copy(Throwable thrown, Map<Throwable, String> texts, Map<Throwable, Throwable> copies) {
        Throwable known = copies.get(thrown);
        if (known != null) {
            return known;
        }
        Throwable copy = new PlainThrowable(texts.get(thrown), thrown.getStackTrace());
        copies.put(thrown, copy);
        if (thrown.getCause() != null) {
            copy.initCause(copy(thrown.getCause(), texts, copies));
        }
        for (Throwable each : thrown.getSuppressed()) {
            copy.addSuppressed(copy(each, texts, copies));
        }
        return copy;
    }

    @Override
    public String toString() {
        return text;
    }
}
