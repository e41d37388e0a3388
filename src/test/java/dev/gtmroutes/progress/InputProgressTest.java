// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class InputProgressTest {

    private static final InputProgress.DestinationKey ONLY = new InputProgress.DestinationKey("calls:2-delivery",
            "push-call");

    private static Exchange exchange(InputProgress settled) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(InputProgress.PROPERTY, settled);
        return exchange;
    }

    @Test
    void whatIsForAllIsMissedByNone() {
        InputProgress settled = InputProgress.of(exchange(new InputProgress()));

        assertThat(settled.isMissed()).isFalse();
        assertThat(settled.wants(new InputProgress.DestinationKey("calls:1-delivery", "push-call"))).isTrue();
    }

    @Test
    void whatIsForOneIsForNoOtherAndForNoOtherTemplateInItsPlace() {
        InputProgress settled = InputProgress.of(exchange(new InputProgress(ONLY)));

        assertThat(settled.wants(new InputProgress.DestinationKey("calls:1-delivery", "push-call"))).isFalse();
        assertThat(settled.wants(new InputProgress.DestinationKey("calls:2-delivery", "delete-user"))).isFalse();
        assertThat(settled.isMissed()).isTrue();
        assertThat(settled.wants(new InputProgress.DestinationKey("calls:2-delivery", "push-call"))).isTrue();
        assertThat(settled.isMissed()).isFalse();
    }

    @Test
    void thePartsOfAMessageAreForItsDestinationToo() {
        InputProgress whole = new InputProgress(ONLY);
        Exchange part = exchange(whole);
        part.setProperty(Exchange.SPLIT_INDEX, 0);

        assertThat(InputProgress.of(part)).isNotSameAs(whole);
        assertThat(InputProgress.of(part).wants(new InputProgress.DestinationKey("calls:1-delivery", "push-call")))
                .isFalse();
        assertThat(whole.isMissed()).isTrue();
        assertThat(InputProgress.of(part).wants(new InputProgress.DestinationKey("calls:2-delivery", "push-call"))).isTrue();
        assertThat(whole.isMissed()).isFalse();
    }

    @Test
    void thePartsOfAMessageAreOverWithIt() {
        AtomicBoolean over = new AtomicBoolean();
        InputProgress whole = new InputProgress();
        whole.overWhen(over::get);
        Exchange part = exchange(whole);
        part.setProperty(Exchange.SPLIT_INDEX, 0);

        InputProgress settled = InputProgress.of(part);
        assertThat(settled.isOver()).isFalse();
        over.set(true);
        assertThat(settled).isNotSameAs(whole);
        assertThat(settled.isOver()).isTrue();
    }

    private static final InputProgress.DestinationKey CALLS = new InputProgress.DestinationKey("f:1", "push-call");

    private static BitSet records(int... ordinals) {
        BitSet records = new BitSet();
        IntStream.of(ordinals).forEach(records::set);
        return records;
    }

    private static InputProgress settled(InputProgress.DestinationKey place, int... ordinals) {
        InputProgress settled = new InputProgress();
        settled.add(ProgressLog.Note.SETTLED, place, Ranges.of(records(ordinals)));
        return settled;
    }

    /** Where the last of these destinations goes on, all of which begin in their order. */
    private static InputProgress.Records begun(InputProgress settled, InputProgress.DestinationKey... now) {
        Stream.of(now).forEach(each -> settled.begin(each, List.of(now)));
        return settled.at(now[now.length - 1]);
    }

    @Test
    void aDestinationKeepsItsPlaceWhereverItMovesAndMovesBack() {
        InputProgress settled = settled(CALLS, 0, 1);
        InputProgress.DestinationKey moved = new InputProgress.DestinationKey("f:2", "push-call");

        assertThat(begun(settled, new InputProgress.DestinationKey("f:1", "create-user"), moved).settled())
                .isEqualTo(records(0, 1));
        assertThat(settled.at(new InputProgress.DestinationKey("f:1", "create-user")).settled()).isEqualTo(records());
        settled.add(ProgressLog.Note.SETTLED, moved, Ranges.of(2));
        assertThat(begun(settled, CALLS).settled()).isEqualTo(records(0, 1, 2));
    }

    @Test
    void whatTakesTheirPlaceGoesOnBehindThemAndBack() {
        InputProgress settled = settled(CALLS, 0);
        InputProgress.DestinationKey users = new InputProgress.DestinationKey("f:1", "create-user");

        assertThat(begun(settled, users).settled()).isEqualTo(records(0));
        settled.add(ProgressLog.Note.SETTLED, users, Ranges.of(1));
        assertThat(begun(settled, CALLS).settled()).isEqualTo(records(0, 1));
    }

    @Test
    void ofTwinsThatGotOtherNamesNothingCountsAsSettledThatOneOfThemMayNotHave() {
        InputProgress.DestinationKey first = new InputProgress.DestinationKey("f:a", "push-call", 2);
        InputProgress.DestinationKey second = new InputProgress.DestinationKey("f:b", "push-call", 2);
        InputProgress.DestinationKey third = new InputProgress.DestinationKey("f:c", "push-call", 2);

        // One of two is gone, the other has another name, and nobody knows which.
        InputProgress one = settled(first, 0, 1);
        assertThat(begun(one, CALLS)).isEqualTo(new InputProgress.Records(records(), records(0, 1), records()));
        InputProgress both = settled(first, 0, 1);
        both.add(ProgressLog.Note.SETTLED, second, Ranges.of(0));
        assertThat(begun(both, CALLS)).isEqualTo(new InputProgress.Records(records(0), records(1), records()));
        // Another one has come, and both have other names.
        assertThat(begun(settled(CALLS, 0), first, third))
                .isEqualTo(new InputProgress.Records(records(), records(0), records()));
    }

    @Test
    void aNameTellsADestinationAmongTwins() {
        InputProgress.DestinationKey one = new InputProgress.DestinationKey("f:a", "push-call");
        InputProgress.DestinationKey first = new InputProgress.DestinationKey("f:a", "push-call", 2);
        InputProgress.DestinationKey second = new InputProgress.DestinationKey("f:b", "push-call", 2);

        InputProgress come = settled(one, 0, 1);
        assertThat(begun(come, second, first).settled()).isEqualTo(records(0, 1));
        assertThat(come.at(second)).isEqualTo(new InputProgress.Records(records(), records(), records()));
        InputProgress gone = settled(first, 0, 1);
        gone.add(ProgressLog.Note.SETTLED, second, Ranges.of(0));
        assertThat(begun(gone, one)).isEqualTo(new InputProgress.Records(records(0, 1), records(), records()));
    }

    @Test
    void progressOfNumbersCountsForNames() {
        InputProgress settled = settled(new InputProgress.DestinationKey("f:1-delivery", "push-call", 2), 0);
        settled.add(ProgressLog.Note.SENDING, new InputProgress.DestinationKey("f:2-delivery", "push-call", 2),
                Ranges.of(1));
        settled.doubt(List.of(new InputProgress.DestinationKey("f:2-delivery", "push-call", 2)), new long[] {7});
        settled.rename(id -> id.replace("f:1", "f:a").replace("f:2", "f:b"));

        InputProgress.DestinationKey first = new InputProgress.DestinationKey("f:a-delivery", "push-call", 2);
        InputProgress.DestinationKey second = new InputProgress.DestinationKey("f:b-delivery", "push-call", 2);
        assertThat(settled.all()).containsOnlyKeys(first, second);
        assertThat(settled.at(first).settled()).isEqualTo(records(0));
        assertThat(settled.at(second).unsure()).isEqualTo(records(1));
        assertThat(settled.doubtful()).containsOnlyKeys(second);
        InputProgress only = new InputProgress(new InputProgress.DestinationKey("f:2-delivery", "push-call"));
        only.rename(id -> id.replace("f:2", "f:b"));
        assertThat(only.wants(first)).isFalse();
        assertThat(only.wants(second)).isTrue();
    }
}
