// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.util.List;
import java.util.Map;

/**
 * Follows chunks and the requests that are made of them, for those who trace. A bean of this type in Camel's registry
 * is told of all; without one nobody is. It never learns what is in a record, a header or a URL.
 */
public interface DeliveryTrace {

    /** Follows nothing. */
    DeliveryTrace NONE = new DeliveryTrace() {
        @Override
        public Span chunk(String flow, String template) {
            return Span.NONE;
        }

        @Override
        public Span request(String flow, String template, int records, int attempt, List<Span> chunks) {
            return Span.NONE;
        }
    };

    /** A chunk is read from now on. */
    Span chunk(String flow, String template);

    /**
     * A request is sent now.
     *
     * @param records how many are in it
     * @param attempt 1 for the first time it is sent
     * @param chunks  where its records came in, at least one; it belongs to the first
     */
    Span request(String flow, String template, int records, int attempt, List<Span> chunks);

    /** Something that takes its time. */
    interface Span {

        /** Of nothing. */
        Span NONE = new Span() {
            @Override
            public Map<String, String> headers() {
                return Map.of();
            }

            @Override
            public void end(Map<String, Long> numbers, boolean well) {
                // Nobody wants to know.
            }
        };

        /** What tells a destination which span a request is: names and values of HTTP headers. */
        Map<String, String> headers();

        /**
         * It is over.
         *
         * @param numbers what came of it, by name: {@code records.delivered} and the like
         * @param well    whether it did what it was to do
         */
        void end(Map<String, Long> numbers, boolean well);
    }
}
