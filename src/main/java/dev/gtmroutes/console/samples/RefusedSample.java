// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

/** No request could be made of a sample, or it may not be sent. Its message is one line for a person. */
public final class RefusedSample extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field of the form that it is about, such as {@code sink.batchSize}; empty for the sample as a whole */
    RefusedSample(String field, String message) {
        super(message);
        this.field = field;
    }

    String field() {
        return field;
    }
}
