// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.nio.file.Path;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;

/** Where the flows of a Camel context take their records from. */
public final class FlowSources {

    private static final int MOST_KAMELETS = 20;

    private final CamelContext camel;

    public FlowSources(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Why files in a folder would never be delivered by a flow.
     *
     * @param folder where files would be put for the flow
     * @return       one sentence for the person who puts them there; null if the flow reads that folder, or is not loaded,
     *               so that what it will read is not known
     */
    public String problem(String flow, Path folder) {
        Route route = camel.getRoute(flow);
        String unread = unread(flow, folder);
        return unread == null ? null
                : source(route) instanceof FileEndpoint ? "The flow " + unread + ". Put files there, or "
                        + "remove data and folder from its inbox-source. Nothing was saved."
                : "The flow " + unread + ". Nothing was saved.";
    }

    /**
     * The same in a part of a sentence.
     *
     * @return such as {@code calls has no inbox: its records come from kafka-records-source}; null as above
     */
    public String unread(String flow, Path folder) {
        Route route = camel.getRoute(flow);
        if (route == null) {
            return null;
        }
        if (!(source(route) instanceof FileEndpoint files)) {
            return flow + " has no inbox: its records come from " + name(route.getEndpoint());
        }
        Path read = files.getProcessStrategy() instanceof InboxFiles inbox ? inbox.directory()
                : files.getFile().toPath().toAbsolutePath();
        return read.normalize().equals(folder.toAbsolutePath().normalize()) ? null
                : flow + " reads the folder " + read + ", not its inbox under gtm.data";
    }

    /** The endpoint that the innermost Kamelet of a flow's source consumes from; null if that cannot be told. */
    private Endpoint source(Route flow) {
        Route route = flow;
        for (int i = 0; i < MOST_KAMELETS && route != null; i++) {
            if (!(route.getEndpoint() instanceof KameletEndpoint kamelet)
                    || kamelet.getRouteId().equals(route.getRouteId())) {
                return route.getEndpoint();
            }
            route = camel.getRoute(kamelet.getRouteId());
        }
        return null;
    }

    /** A URI may hold secrets. */
    private static String name(Endpoint endpoint) {
        return endpoint instanceof KameletEndpoint kamelet ? kamelet.getTemplateId()
                : endpoint.getEndpointBaseUri().split(":")[0];
    }
}
