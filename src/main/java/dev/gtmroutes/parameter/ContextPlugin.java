// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** Objects of which a Camel context has one each, for as long as it lives. For any number of threads. */
public final class ContextPlugin {

    private ContextPlugin() {
    }

    /**
     * @param  create makes it when it is asked for the first time
     * @return        the one of this context
     */
    public static <T> T of(CamelContext camel, Class<T> type, Supplier<T> create) {
        ExtendedCamelContext extended = camel.getCamelContextExtension();
        synchronized (type) {
            T there = extended.getContextPlugin(type);
            if (there == null) {
                there = create.get();
                extended.addContextPlugin(type, there);
            }
            return there;
        }
    }
}
