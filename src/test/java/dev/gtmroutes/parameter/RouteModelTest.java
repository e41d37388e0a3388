// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.gtmroutes.PlainCamel;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.NodeIdFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteModelTest {

    private static final String CALL = "kamelet:echo/call";

    private final CamelContext camel = PlainCamel.create();

    @BeforeEach
    void start() throws Exception {
        camel.start();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("echo").from("kamelet:source").transform(body());
            }
        });
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    /** Whether another thread is done, or waits for one that looks through a list of Camel's. */
    private static void awaitEndOrWait(Thread other) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(1))
                .until(() -> other.getState() == Thread.State.BLOCKED || other.getState() == Thread.State.TERMINATED);
    }

    /** A template that is taken away at the moment when Camel comes to it in its list. */
    private final class LeavingTemplate extends RouteTemplateDefinition {

        private Thread leaving;

        @Override
        public String idOrCreate(NodeIdFactory factory) {
            if (leaving == null) {
                leaving = new Thread(() -> assertThatCode(() -> model().removeRouteTemplateDefinitions("leaving"))
                        .doesNotThrowAnyException());
                leaving.start();
                awaitEndOrWait(leaving);
            }
            return super.idOrCreate(factory);
        }
    }

    @Test
    void aTemplateIsFoundWhileAnotherIsTakenAway() throws Exception {
        LeavingTemplate leaving = new LeavingTemplate();
        model().addRouteTemplateDefinition((RouteTemplateDefinition) leaving.id("leaving"));
        for (String each : List.of("other", "last")) {
            model().addRouteTemplateDefinition((RouteTemplateDefinition) new RouteTemplateDefinition().id(each));
        }

        assertThat(RouteModel.template(camel, "last")).isNotNull();

        leaving.leaving.join();
        assertThat(RouteModel.template(camel, "leaving")).isNull();
        assertThat(RouteModel.template(camel, "echo")).isNotNull();
    }

    private Model model() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** A route that is taken away at the moment when Camel comes to it in its list, for a route that it makes. */
    private final class LeavingRoute extends RouteDefinition {

        private final Thread looking = Thread.currentThread();
        private boolean isExpected;
        private Thread leaving;

        @Override
        public String getId() {
            if (Thread.currentThread() == looking && isExpected && leaving == null) {
                leaving = new Thread(this::leave);
                leaving.start();
                awaitEndOrWait(leaving);
            }
            return super.getId();
        }

        private void leave() {
            try {
                camel.getRouteController().stopRoute("leaving");
                camel.removeRoute("leaving");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void isMadeWhileAnotherRouteIsTakenAway() throws Exception {
        LeavingRoute leaving = new LeavingRoute();
        add(leaving, "leaving");
        add(new RouteDefinition(), "other");
        add(new RouteDefinition(), "last");
        leaving.isExpected = true;

        assertThat(RouteModel.endpoint(camel, CALL)).isNotNull();

        leaving.leaving.join();
        assertThat(camel.getRoute("leaving")).isNull();
    }

    @Test
    void noRouteLeavesDuringAnAction() throws Exception {
        LeavingRoute leaving = new LeavingRoute();
        add(leaving, "leaving");
        add(new RouteDefinition(), "other");
        leaving.isExpected = true;

        List<String> ids = RouteModel.undisturbed(camel, () -> {
            assertThat(leaving.getId()).isEqualTo("leaving");
            return RouteModel.definitions(camel).stream().map(RouteDefinition::getId).toList();
        });

        assertThat(ids).containsExactly("leaving", "other");
        leaving.leaving.join();
        assertThat(RouteModel.definitions(camel)).extracting(RouteDefinition::getId).containsExactly("other");
    }

    @Test
    void whatAnActionThrowsIsThrown() {
        IOException thrown = new IOException("no disk");
        assertThatThrownBy(() -> RouteModel.undisturbed(camel, () -> {
            throw thrown;
        })).isSameAs(thrown);
    }

    private void add(RouteDefinition route, String id) throws Exception {
        route.from("direct:" + id).routeId(id).transform(Builder.body());
        model().addRouteDefinition(route);
    }

    @Test
    void isTheSameEachTime() {
        assertThat(RouteModel.endpoint(camel, CALL)).isSameAs(RouteModel.endpoint(camel, CALL));
    }

    @Test
    void anUnknownKameletIsRefused() {
        assertThatThrownBy(() -> RouteModel.endpoint(camel, "kamelet:none/call"))
                .isInstanceOf(ResolveEndpointFailedException.class).hasMessageContaining("none");
    }
}
