// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import org.apache.camel.CamelContext;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.engine.DefaultBeanIntrospection;
import org.apache.camel.spi.BeanIntrospection;

/**
 * Gives beans of Kamelets the texts that {@link ParameterText} has encoded. Camel sets all properties of all beans here,
 * so no bean has to know of tokens, and none can forget them.
 */
public final class ParameterDecoding extends DefaultBeanIntrospection {

    private ParameterDecoding() {
    }

    /** Makes a Camel decode. To be called before routes are made of encoded texts; a second call does nothing. */
    public static synchronized void install(CamelContext camel) {
        if (camel.getCamelContextExtension().getContextPlugin(BeanIntrospection.class) instanceof ParameterDecoding) {
            return;
        }
        ParameterDecoding decoding = new ParameterDecoding();
        decoding.setCamelContext(camel);
        camel.getCamelContextExtension().addContextPlugin(BeanIntrospection.class, decoding);
    }

    @Override
    public boolean setProperty(CamelContext camel, TypeConverter converter, Object target, String name, Object value,
            String reference, boolean builder, boolean privateSetter, boolean ignoreCase) throws Exception {
        return super.setProperty(camel, converter, target, name, decoded(value), reference, builder, privateSetter,
                ignoreCase);
    }

    @Override
    public boolean setProperty(CamelContext camel, Object target, String name, Object value) throws Exception {
        return super.setProperty(camel, target, name, decoded(value));
    }

    private static Object decoded(Object value) {
        return value instanceof String text ? ParameterText.decode(text) : value;
    }
}
