package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    private static final Settled.Place CALLS = new Settled.Place("f:1", "push-call");

    private static BitSet records(int... ordinals) {
        BitSet records = new BitSet();
        IntStream.of(ordinals).forEach(records::set);
        return records;
    }

    private static Settled settled(Settled.Place place, int... ordinals) {
        Settled settled = new Settled();
        settled.add(Journal.Note.SETTLED, place, Ranges.of(records(ordinals)));
        return settled;
    }

    /** Where the last of these destinations goes on, all of which begin in their order. */
    private static Settled.Records begun(Settled settled, Settled.Place... now) {
        Set<String> templates = Stream.of(now).map(Settled.Place::template).collect(Collectors.toSet());
        Stream.of(now).forEach(each -> settled.begin(each, templates));
        return settled.at(now[now.length - 1]);
    }

    @Test
    void aDestinationKeepsItsPlaceWhereverItMovesAndMovesBack() {
        Settled settled = settled(CALLS, 0, 1);
        Settled.Place moved = new Settled.Place("f:2", "push-call");

        assertThat(begun(settled, new Settled.Place("f:1", "create-user"), moved).settled()).isEqualTo(records(0, 1));
        assertThat(settled.at(new Settled.Place("f:1", "create-user")).settled()).isEqualTo(records());
        settled.add(Journal.Note.SETTLED, moved, Ranges.of(2));
        assertThat(begun(settled, CALLS).settled()).isEqualTo(records(0, 1, 2));
    }

    @Test
    void whatTakesTheirPlaceGoesOnBehindThemAndBack() {
        Settled settled = settled(CALLS, 0);
        Settled.Place users = new Settled.Place("f:1", "create-user");

        assertThat(begun(settled, users).settled()).isEqualTo(records(0));
        settled.add(Journal.Note.SETTLED, users, Ranges.of(1));
        assertThat(begun(settled, CALLS).settled()).isEqualTo(records(0, 1));
    }

    @Test
    void ofTwinsNothingCountsAsSettledThatOneOfThemMayNotHave() {
        Settled.Place first = new Settled.Place("f:1", "push-call", 2);
        Settled.Place second = new Settled.Place("f:2", "push-call", 2);

        // One of two is gone, and nobody knows which.
        Settled one = settled(first, 0, 1);
        assertThat(begun(one, CALLS)).isEqualTo(new Settled.Records(records(), records(0, 1), records()));
        Settled both = settled(first, 0, 1);
        both.add(Journal.Note.SETTLED, second, Ranges.of(0));
        assertThat(begun(both, CALLS)).isEqualTo(new Settled.Records(records(0), records(1), records()));
        // One has come, and nobody knows which is the new one.
        assertThat(begun(settled(CALLS, 0), first)).isEqualTo(new Settled.Records(records(), records(0), records()));
        assertThat(begun(settled(CALLS, 0), first, second).settled()).isEqualTo(records());
    }
}
