// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import org.apache.camel.CamelContext;
import org.apache.camel.support.component.PropertyConfigurerSupport;

/**
 * When a bean of a Kamelet judges its values and gets ready: once, as soon as its route is made, so that a flow that cannot
 * work is refused as a whole; in a Camel that does not start routes by itself, with the first message. Tools such as
 * {@code camel export} are such a Camel: they make all routes, with a text of their own where a setting is missing, and send
 * no message.
 */
public final class Opening {

    private final Runnable open;
    private volatile boolean done;

    /** @param open throws IllegalArgumentException if the values make no sense */
    public Opening(Runnable open) {
        this.open = open;
    }

    /**
     * Has the beans of a Camel judge as routes are made, although it starts none of them: that is how flows are checked.
     *
     * @param camel that does not start routes by itself
     */
    public static void atOnce(CamelContext camel) {
        camel.getCamelContextExtension().addContextPlugin(Checks.class, new Checks());
    }

    /** A Camel has this plugin if its routes are made to be checked. */
    private static final class Checks {
    }

    /**
     * Whether a value is one that somebody has given. Where a setting is missing, {@code camel export} has a text of its own
     * in its place, which no setter may judge.
     */
    public static boolean isKnown(String value) {
        return !PropertyConfigurerSupport.MAGIC_VALUE.equals(value);
    }

    /** To be called when the bean's values are set, as its route is being made. */
    public void routeMade(CamelContext camel) {
        if (camel.isAutoStartup() || camel.getCamelContextExtension().getContextPlugin(Checks.class) != null) {
            used();
        }
    }

    /** To be called before the bean does anything for a message, any number of times. */
    public void used() {
        if (!done) {
            openOnce();
        }
    }

    private synchronized void openOnce() {
        if (!done) {
            open.run();
            done = true;
        }
    }
}
