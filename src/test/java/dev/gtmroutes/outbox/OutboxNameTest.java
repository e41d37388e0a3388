// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.inbox.arrival.Intake;
import org.junit.jupiter.api.Test;

class OutboxNameTest {

    /** A flow and the route of one of its deliveries. */
    private record Delivery(String flow, String route) {
    }

    @Test
    void theNameIsThatOfTheFlowAndTheDestination() {
        assertThat(OutboxName.of("calls", "calls:1-delivery")).isEqualTo("calls.1");
        assertThat(OutboxName.of("calls.v2", "calls.v2:crm_2-delivery")).isEqualTo("calls.v2.crm_2");
    }

    @Test
    void theDeliveriesOfAFlowAreThoseOfItsCallsAndOfItsOutboxes() {
        for (String flow : List.of("calls", "calls.v2", "a flow of its own")) {
            String outbox = OutboxName.of(flow, flow + ":crm-x-delivery") + "-responses:delivery";
            assertThat(Outboxes.isDelivery(flow, flow + ":crm-x-delivery")).as(flow).isTrue();
            assertThat(Outboxes.isDelivery(flow, outbox)).as(flow).isTrue();
            assertThat(Outboxes.isDelivery("other", outbox)).as(flow).isFalse();
        }
        assertThat(Outboxes.isDelivery("calls", "calls-2:1-delivery")).isFalse();
        assertThat(Outboxes.isDelivery("calls", "calls.v2.1-responses:1-delivery")).isFalse();
    }

    @Test
    void dotsMakeNoTwoDeliveriesShareAnOutbox() {
        List<Delivery> all = List.of(new Delivery("calls", "calls:1-delivery"),
                new Delivery("calls.1", "calls.1:1-delivery"),
                new Delivery("calls", "1.1-delivery"), new Delivery("calls", "calls.1-delivery"),
                new Delivery("calls", "calls2.1-delivery"), new Delivery("calls2", "calls2:1-delivery"),
                new Delivery("calls2", "calls2-delivery"), new Delivery("calls", "calls2-delivery"));
        Set<String> names = all.stream().map(each -> OutboxName.of(each.flow(), each.route())).collect(Collectors.toSet());

        assertThat(names).hasSize(all.size()).allMatch(Intake::isFlowId);
    }

    @Test
    void aDeliveryWithoutATemplateHasTheOutboxOfItsName() {
        assertThat(OutboxName.of("calls", "calls:http-delivery-step"))
                .isEqualTo(Outboxes.name("calls", "http-delivery-step"));
    }
}
