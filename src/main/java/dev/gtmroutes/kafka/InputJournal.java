// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import org.apache.kafka.common.TopicPartition;

/**
 * The journal of one input: what becomes of its messages, and what an earlier input, or an earlier run, has noted of them.
 * A destination that sends each message only once notes each outcome before it counts. At other destinations a note is
 * made only of what stays uncommitted: one request that is tried again for an hour holds up the commit of all messages
 * behind it, and these must not be sent again after a crash. For any number of threads.
 */
final class InputJournal implements ProgressLog {

    private static final int MOST_PER_NOTE = 1000;

    private final FlowProgress progress;
    private final InputProgress settled;
    private final List<InputProgress.DestinationKey> destinations;
    private final List<InputProgress.DestinationKey> onceOnly;
    /** Destinations whose outcomes are noted when a commit is late. */
    private final List<InputProgress.DestinationKey> late;
    private final boolean mayPass;
    private final OpenMessages open = new OpenMessages();
    /** Ordinals of messages that are the business of another member of the group. Guards {@link #sending}, too. */
    private final BitSet released = new BitSet();
    /** Of {@link #onceOnly} destinations: what was noted here as about to be sent, and has no outcome. */
    private final Map<InputProgress.DestinationKey, BitSet> sending = new HashMap<>();
    /** Of {@link #late} destinations: what had its outcome when they were last looked at, and what is noted. */
    private final Map<InputProgress.DestinationKey, BitSet> before = new HashMap<>();
    private final Map<InputProgress.DestinationKey, BitSet> noted = new HashMap<>();

    /**
     * @param settled      gets what was noted of each message when that is handed out
     * @param destinations of the flow
     * @param onceOnly     those of them that send once only
     * @param mayPass      whether a message that each destination has settled need not come again; other steps may want it
     */
    InputJournal(FlowProgress progress, InputProgress settled, List<InputProgress.DestinationKey> destinations,
            List<InputProgress.DestinationKey> onceOnly, boolean mayPass) {
        this.progress = progress;
        this.settled = settled;
        this.destinations = destinations;
        this.onceOnly = onceOnly;
        this.mayPass = mayPass;
        this.late = mayPass ? destinations.stream().filter(each -> !onceOnly.contains(each)).toList() : List.of();
        // Each is known from the start, so that none takes over what is noted of another.
        destinations.forEach(each -> settled.add(Note.UNSENT, each, Ranges.of()));
        settled.noteIn(this);
    }

    /**
     * Tells the destinations what is known of a message.
     *
     * @param  ordinal its place in the input if it gets one, counted from 0
     * @return         false if it need not be handed out, as each destination has settled it
     */
    boolean handOut(int ordinal, MessageId message) {
        KnownMessage known = progress.isEmpty() ? null : progress.of(message);
        if (known != null && mayPass && destinations.stream().allMatch(each -> state(known, each) == Note.SETTLED)) {
            return false;
        }
        open.add(message);
        if (known != null) {
            for (InputProgress.DestinationKey each : destinations) {
                Note what = state(known, each);
                if (what != null) {
                    settled.add(what, each, Ranges.of(ordinal));
                }
            }
        }
        return true;
    }

    /** A message that may have been sent is sent again, unless the destination sends once only. */
    private Note state(KnownMessage known, InputProgress.DestinationKey destination) {
        Note what = known.at(destination, destinations);
        return what == Note.SETTLED && mayPass || onceOnly.contains(destination) ? what : null;
    }

    /** @param last of partitions: Kafka brings no message with these ordinals, and none before them, any more */
    void committed(Map<TopicPartition, Integer> last) {
        open.committed(last);
    }

    /** These partitions are another member's now: none of their messages can be noted as about to be sent any more. */
    void release(Collection<TopicPartition> partitions) {
        synchronized (released) {
            open.all(each -> true).stream().filter(each -> partitions.contains(each.getValue().partition()))
                    .forEach(each -> released.set(each.getKey()));
        }
    }

    /**
     * Notes which messages have their outcome and are not committed.
     *
     * @param all false for those only that had it when this was last called: the others may be committed soon
     * @throws IOException if they could not be noted: after a crash, they are sent again
     */
    synchronized void noteUncommitted(boolean all) throws IOException {
        if (late.isEmpty() || open.isEmpty()) {
            return;
        }
        Map<InputProgress.DestinationKey, InputProgress.Records> now = settled.all();
        for (InputProgress.DestinationKey destination : late) {
            InputProgress.Records records = now.get(destination);
            BitSet there = records == null ? new BitSet() : records.settled();
            BitSet due = all ? there : before.getOrDefault(destination, new BitSet());
            BitSet done = noted.computeIfAbsent(destination, key -> new BitSet());
            List<Map.Entry<Integer, MessageId>> messages = open.all(each -> due.get(each) && !done.get(each));
            before.put(destination, there);
            for (int from = 0; from < messages.size(); from += MOST_PER_NOTE) {
                var some = messages.subList(from, Math.min(messages.size(), from + MOST_PER_NOTE));
                progress.note(Note.SETTLED, destination, some.stream().map(Map.Entry::getValue).toList());
                some.forEach(message -> done.set(message.getKey()));
            }
        }
    }

    @Override
    public boolean recallsLate() {
        return true;
    }

    /** At other destinations, most messages are committed before there is a reason to note anything. */
    @Override
    public void note(Note what, InputProgress.DestinationKey place, Ranges records) throws IOException {
        if (what == Note.LAST || what == Note.GONE || !onceOnly.contains(place)) {
            return;
        }
        BitSet ordinals = new BitSet();
        records.addTo(ordinals);
        synchronized (released) {
            BitSet own = sending.computeIfAbsent(place, each -> new BitSet());
            if (what == Note.SENDING) {
                checkHeld(ordinals);
                // First: what could not be noted may be in the file all the same, and is taken back.
                own.or(ordinals);
            } else if (what == Note.UNSENT) {
                // The next owner of a message may be sending it, and that must not be taken back.
                ordinals.and(own);
            }
            List<MessageId> messages = ordinals.stream().mapToObj(open::get).filter(Objects::nonNull).toList();
            if (!messages.isEmpty()) {
                progress.note(what, place, messages);
            }
            if (what != Note.SENDING) {
                own.andNot(ordinals);
            }
        }
    }

    private void checkHeld(BitSet ordinals) throws IOException {
        if (ordinals.stream().anyMatch(each -> open.get(each) == null)) {
            throw new IOException("a message that was about to be sent is committed already");
        }
        if (released.intersects(ordinals)) {
            throw new IOException("a message that was about to be sent is in the partition of another consumer");
        }
    }
}
