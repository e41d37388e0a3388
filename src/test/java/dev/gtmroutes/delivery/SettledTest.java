package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class SettledTest {

    private static final Settled.Place ONLY = new Settled.Place("calls:2-delivery", "push-call");

    private static Exchange exchange(Settled settled) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Settled.PROPERTY, settled);
        return exchange;
    }

    @Test
    void whatIsForAllIsMissedByNone() {
        Settled settled = Settled.of(exchange(new Settled()));

        assertThat(settled.isMissed()).isFalse();
        assertThat(settled.wants(new Settled.Place("calls:1-delivery", "push-call"))).isTrue();
    }

    @Test
    void whatIsForOneIsForNoOtherAndForNoOtherTemplateInItsPlace() {
        Settled settled = Settled.of(exchange(new Settled(ONLY)));

        assertThat(settled.wants(new Settled.Place("calls:1-delivery", "push-call"))).isFalse();
        assertThat(settled.wants(new Settled.Place("calls:2-delivery", "delete-user"))).isFalse();
        assertThat(settled.isMissed()).isTrue();
        assertThat(settled.wants(new Settled.Place("calls:2-delivery", "push-call"))).isTrue();
        assertThat(settled.isMissed()).isFalse();
    }

    @Test
    void thePartsOfAMessageAreForItsDestinationToo() {
        Settled whole = new Settled(ONLY);
        Exchange part = exchange(whole);
        part.setProperty(Exchange.SPLIT_INDEX, 0);

        assertThat(Settled.of(part)).isNotSameAs(whole);
        assertThat(Settled.of(part).wants(new Settled.Place("calls:1-delivery", "push-call"))).isFalse();
        assertThat(whole.isMissed()).isTrue();
        assertThat(Settled.of(part).wants(new Settled.Place("calls:2-delivery", "push-call"))).isTrue();
        assertThat(whole.isMissed()).isFalse();
    }
}
