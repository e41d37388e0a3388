// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.nio.file.Path;

import dev.gtmroutes.delivery.KameletRoutes;
import dev.gtmroutes.parameter.RouteModel;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;

/** The route that empties an outbox, made from {@code response-outbox-action}. */
final class OutboxRoute implements KameletRoutes.Companion {

    private static final String TEMPLATE = "response-outbox-action";

    private final CamelContext camel;
    private final Path data;
    private final String outbox;
    private final String id;

    /** @param outbox name of the outbox */
    OutboxRoute(CamelContext camel, String outbox, Path data) {
        this.camel = camel;
        this.outbox = outbox;
        this.data = data;
        this.id = outbox + Outboxes.RESPONSES;
    }

    /** The id of the route. Those of the Kamelets that it calls begin with it. */
    String id() {
        return id;
    }

    /** Begins to empty the outbox. To be called when Camel is up. */
    void add() {
        try {
            KameletRoutes.removeStopped(camel);
            RouteModel.undisturbed(camel, () -> {
                make();
                return null;
            });
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    private void make() {
        if (camel.getRoute(id) != null) {
            throw new IllegalStateException("the id " + id + " is reserved for the responses of this flow, but another "
                    + "route has it. Choose another id for that route");
        }
        ExtendedCamelContext extended = camel.getCamelContextExtension();
        String beingMade = extended.getCreateRoute();
        try {
            TemplatedRouteBuilder.builder(camel, TEMPLATE).routeId(id)
                    .parameter("location", camel.getComponent("kamelet", KameletComponent.class).getLocation())
                    .parameter("routeId", id).parameter("outbox", outbox).parameter("data", data.toString()).add();
        } finally {
            // A flow is being made, and what follows in it would count as part of this route.
            if (beingMade != null) {
                extended.createRoute(beingMade);
            }
        }
    }

    /** Stops emptying it; what is just being sent is abandoned. */
    @Override
    public void stop() throws Exception {
        // The source first: that is what a delivery looks at to see whether it should go on.
        KameletRoutes.stop(camel, each -> each.equals(id + ":inbox"));
        KameletRoutes.stop(camel, this::has);
    }

    @Override
    public boolean has(String routeId) {
        return routeId.equals(id) || routeId.startsWith(id + ":");
    }
}
