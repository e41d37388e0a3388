// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.gtmroutes.progress.InputProgress.DestinationKey;
import dev.gtmroutes.progress.ProgressLog.Note;
import org.junit.jupiter.api.Test;

/** What is noted of a message, after its flow was edited. */
class KnownMessageTest {

    private static final KnownMessage NOTHING = KnownMessage.nothing(1);

    @Test
    void whatIsSettledStaysSo() {
        DestinationKey here = new DestinationKey("calls:1", "a");
        KnownMessage settled = NOTHING.with(Note.SENDING, here).with(Note.SETTLED, here);
        assertThat(settled.with(Note.SENDING, here).with(Note.UNSENT, here)).isEqualTo(settled);
        assertThat(NOTHING.with(Note.SENDING, here).with(Note.UNSENT, here)).isNull();
    }

    @Test
    void aDestinationThatMovedKeepsWhatIsNotedOfIt() {
        KnownMessage known = NOTHING.with(Note.SETTLED, new DestinationKey("calls:1", "a"));
        DestinationKey moved = new DestinationKey("calls:2", "a");
        assertThat(known.at(moved, List.of(moved))).isEqualTo(Note.SETTLED);
    }

    @Test
    void oneThatTookThePlaceOfAnotherGoesOnBehindIt() {
        KnownMessage known = NOTHING.with(Note.SENDING, new DestinationKey("calls:1", "a"));
        DestinationKey other = new DestinationKey("calls:1", "b");
        assertThat(known.at(other, List.of(other))).isEqualTo(Note.SENDING);
        // But not if that one only moved.
        assertThat(known.at(other, List.of(other, new DestinationKey("calls:2", "a")))).isNull();
    }

    @Test
    void aSecondDestinationOfTheFlowHasNotGotWhatTheFirstHas() {
        DestinationKey first = new DestinationKey("calls:1", "a", 2);
        DestinationKey second = new DestinationKey("calls:2", "a", 2);
        KnownMessage known = NOTHING.with(Note.SETTLED, first);
        assertThat(known.at(first, List.of(first, second))).isEqualTo(Note.SETTLED);
        assertThat(known.at(second, List.of(first, second))).isNull();
    }

    @Test
    void whereNobodyCanTellWhichOneItIsItMayHaveBeenSent() {
        KnownMessage known = NOTHING.with(Note.SETTLED, new DestinationKey("calls:1", "a"));
        List<DestinationKey> two = List.of(new DestinationKey("calls:3", "a", 2), new DestinationKey("calls:2", "a", 2));
        assertThat(two).extracting(each -> known.at(each, two)).containsOnly(Note.SENDING);
    }
}
