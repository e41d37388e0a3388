// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import org.apache.camel.Exchange;

/**
 * The run that an input belongs to, for those who list runs. A source that knows more than the name of the input says so
 * by the exchange property {@link #PROPERTY}; for other sources each input is a run.
 *
 * @param text for a person
 * @param key  equal for inputs of the same run, and different for other runs of the flow
 * @param span what ends the run
 */
public record RunName(String text, String key, Span span) {

    /** What ends a run. */
    public enum Span {
        /** The end of the input. */
        INPUT,
        /** The source: {@link InputWatch#ended}. The run has several inputs, such as the pages of a list. */
        PARTS,
        /** The hour: the source has no end. */
        HOUR
    }

    /** Name of the exchange property that holds the name. */
    public static final String PROPERTY = "GtmRun";

    /** A run of several inputs. */
    public static RunName parts(String text, String key) {
        return new RunName(text, key, Span.PARTS);
    }

    /** The runs of a source that has no end. */
    public static RunName hours(String text) {
        return new RunName(text, text, Span.HOUR);
    }

    /** @param source the name of the input */
    public static RunName of(Exchange exchange, String source) {
        RunName given = exchange.getProperty(PROPERTY, RunName.class);
        return given != null ? given : new RunName(source, source, Span.INPUT);
    }
}
