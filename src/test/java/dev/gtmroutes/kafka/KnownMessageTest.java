package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.gtmroutes.delivery.Journal.Note;
import dev.gtmroutes.delivery.Settled.Place;
import org.junit.jupiter.api.Test;

/** What is noted of a message, after its flow was edited. */
class KnownMessageTest {

    private static final KnownMessage NOTHING = KnownMessage.nothing(1);

    @Test
    void whatIsSettledStaysSo() {
        Place here = new Place("calls:1", "a");
        KnownMessage settled = NOTHING.with(Note.SENDING, here).with(Note.SETTLED, here);
        assertThat(settled.with(Note.SENDING, here).with(Note.UNSENT, here)).isEqualTo(settled);
        assertThat(NOTHING.with(Note.SENDING, here).with(Note.UNSENT, here)).isNull();
    }

    @Test
    void aDestinationThatMovedKeepsWhatIsNotedOfIt() {
        KnownMessage known = NOTHING.with(Note.SETTLED, new Place("calls:1", "a"));
        Place moved = new Place("calls:2", "a");
        assertThat(known.at(moved, List.of(moved))).isEqualTo(Note.SETTLED);
    }

    @Test
    void oneThatTookThePlaceOfAnotherGoesOnBehindIt() {
        KnownMessage known = NOTHING.with(Note.SENDING, new Place("calls:1", "a"));
        Place other = new Place("calls:1", "b");
        assertThat(known.at(other, List.of(other))).isEqualTo(Note.SENDING);
        // But not if that one only moved.
        assertThat(known.at(other, List.of(other, new Place("calls:2", "a")))).isNull();
    }

    @Test
    void aSecondDestinationOfTheFlowHasNotGotWhatTheFirstHas() {
        Place first = new Place("calls:1", "a", 2);
        Place second = new Place("calls:2", "a", 2);
        KnownMessage known = NOTHING.with(Note.SETTLED, first);
        assertThat(known.at(first, List.of(first, second))).isEqualTo(Note.SETTLED);
        assertThat(known.at(second, List.of(first, second))).isNull();
    }

    @Test
    void whereNobodyCanTellWhichOneItIsItMayHaveBeenSent() {
        KnownMessage known = NOTHING.with(Note.SETTLED, new Place("calls:1", "a"));
        List<Place> two = List.of(new Place("calls:1", "a", 2), new Place("calls:2", "a", 2));
        assertThat(two).extracting(each -> known.at(each, two)).containsOnly(Note.SENDING);
    }
}
