// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel as other applications have it: it knows nothing of the settings of this program, which lie on the class path. */
public final class PlainCamel {

    private PlainCamel() {
    }

    /** One that is not started yet, and has no settings. */
    public static DefaultCamelContext create() {
        DefaultCamelContext camel = new DefaultCamelContext();
        ((PropertiesComponent) camel.getPropertiesComponent()).setAutoDiscoverPropertiesSources(false);
        return camel;
    }
}
