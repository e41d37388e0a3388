// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.Service;

/** Services of which a Camel context has one each: it starts and stops them. */
public final class ContextService {

    private ContextService() {
    }

    /**
     * @param  create makes it when it is asked for the first time
     * @return        the one of this context
     */
    public static <T extends Service> T of(CamelContext camel, Class<T> type, Supplier<T> create) {
        synchronized (type) {
            T there = camel.hasService(type);
            if (there == null) {
                there = create.get();
                try {
                    camel.addService(there);
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeException(e);
                }
            }
            return there;
        }
    }
}
