// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/** A bean of a Kamelet that knows its Camel, and gets ready when {@link Opening} says. */
public abstract class KameletBean implements CamelContextAware {

    /** Set before anything else. */
    protected CamelContext camel;
    private final Opening opening = new Opening(this::getReady);

    /** To be called once the properties are set, as the route is being made. */
    public void routeMade() {
        opening.routeMade(camel);
    }

    /**
     * Judges the properties and gets ready. Called once.
     *
     * @throws IllegalArgumentException if they make no sense; the message is one sentence
     * @throws IllegalStateException    if another process uses the data directory
     */
    protected void getReady() {
    }

    /** To be called before the bean does anything for a message, any number of times. */
    protected final void beReady() {
        opening.used();
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }
}
