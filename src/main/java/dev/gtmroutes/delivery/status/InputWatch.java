// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import dev.gtmroutes.delivery.Input;

/**
 * Is told of each input that a destination opens and closes: once per input, never per record. It must return at once.
 * For any number of threads.
 */
public interface InputWatch {

    /** Nobody watches. */
    InputWatch NONE = new InputWatch() {
        @Override
        public void opened(Input input) {
            // Nobody watches.
        }

        @Override
        public void closed(Input input) {
            // Nobody watches.
        }

        @Override
        public void ended(String flow, RunName run) {
            // Nobody watches.
        }
    };

    /** A destination reads an input from now on. */
    void opened(Input input);

    /** Nothing more happens to the input; some of its records may have no outcome, and come again. */
    void closed(Input input);

    /** The source has no more inputs for a run of {@link RunName.Span#PARTS}. */
    void ended(String flow, RunName run);
}
