// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceResolver;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.ResourceSupport;

/**
 * The Kamelets as Camel gets them: not from the disk, where a broken edit may lie, but as they were kept. Camel asks for
 * each when it first needs it.
 */
final class Templates implements ResourceResolver {

    private static final String SCHEME = "gtm-kamelet";

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private CamelContext camel;

    /** Makes Camel find its Kamelets here. */
    void serve(CamelContext camel) {
        this.camel = camel;
        camel.getRegistry().bind("resource-loader-" + SCHEME, ResourceResolver.class, this);
        camel.getComponent("kamelet", KameletComponent.class).setLocation(SCHEME + ":kamelets");
    }

    /** From now on routes are made of these. Routes that are there stay as they are. */
    void use(Map<String, String> wanted) throws Exception {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            if (!each.getValue().equals(texts.put(each.getKey(), each.getValue()))) {
                model.removeRouteTemplateDefinitions(each.getKey());
            }
        }
    }

    @Override
    public Resource resolve(String location) {
        String file = location.substring(location.lastIndexOf('/') + 1);
        String text = file.endsWith(KameletDefinition.ENDING)
                ? texts.get(file.substring(0, file.length() - KameletDefinition.ENDING.length())) : null;
        return text != null ? ResourceHelper.fromString(file, text) : new Missing(location);
    }

    @Override
    public String getSupportedScheme() {
        return SCHEME;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public void start() {
    }

    @Override
    public void stop() {
    }

    private static final class Missing extends ResourceSupport {

        Missing(String location) {
            super(SCHEME, location);
        }

        @Override
        public boolean exists() {
            return false;
        }

        @Override
        public InputStream getInputStream() throws FileNotFoundException {
            throw new FileNotFoundException(getLocation());
        }
    }
}
