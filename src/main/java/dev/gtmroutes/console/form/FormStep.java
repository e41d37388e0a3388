// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

/**
 * A step on the way to a flow, in the bar above the form.
 *
 * @param id     of its section, after {@code step-}
 * @param number from 1
 * @param choice what was chosen in it; empty while it is to be done
 * @param errors how many of its fields are wrong
 */
public record FormStep(String id, int number, String title, String choice, int errors) {

    public boolean isDone() {
        return !choice.isEmpty();
    }

    /** What stands below its title where nothing is wrong. */
    public String state() {
        return isDone() ? choice : "To do";
    }
}
