package dev.gtmroutes.parameter;

import org.apache.camel.CamelContext;
import org.apache.camel.support.component.PropertyConfigurerSupport;

/**
 * When a bean of a Kamelet judges its values and gets ready: once, as soon as its route is made, so that a flow that cannot
 * work is refused as a whole; in a Camel that starts no routes by itself, only when its route is started. Tools such as
 * {@code camel export} are such a Camel: they make all routes, with texts of their own where settings are missing, and start none.
 */
public final class Opening {

    private final Runnable open;
    private boolean done;

    /** @param open throws IllegalArgumentException if the values make no sense */
    public Opening(Runnable open) {
        this.open = open;
    }

    /**
     * Has {@code camel}'s routes opened as they are made, although it starts none of them: that is how they are checked.
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

    /** To be called when the bean's values are set, its route is being made. */
    public synchronized void routeMade(CamelContext camel) {
        if (camel.isAutoStartup() || camel.getCamelContextExtension().getContextPlugin(Checks.class) != null) {
            routeStarts();
        }
    }

    /** To be called before its route is started, any number of times. */
    public synchronized void routeStarts() {
        if (!done) {
            open.run();
            done = true;
        }
    }
}
