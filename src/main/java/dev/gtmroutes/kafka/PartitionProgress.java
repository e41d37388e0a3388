// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** How far the messages of one partition have got that are part of one input. For one thread at a time. */
final class PartitionProgress {

    private static final int NONE = -1;

    /** @param ordinal {@link #NONE} for a message that was not handed out, as it had its outcome before */
    private record InWork(int ordinal, long offset, Optional<Integer> epoch) {

        /** Where the partition goes on behind it. */
        long end() {
            return offset + 1;
        }
    }

    /** Those from the first one on that has no outcome. */
    private final Deque<InWork> open = new ArrayDeque<>();
    private InWork lastSettled;
    /** The highest ordinals; offsets begin anew where somebody makes the topic again. */
    private int ordinalSettled = NONE;
    private int ordinalToCommit = NONE;
    private int settled;
    private int toCommit;
    private int committed;

    /** @param ordinal the message's place in its input, higher than those before it */
    void add(int ordinal, long offset, Optional<Integer> epoch) {
        open.add(new InWork(ordinal, offset, epoch));
    }

    /** A message that has its outcome, and so no place in its input. */
    void addDone(long offset, Optional<Integer> epoch) {
        add(NONE, offset, epoch);
    }

    /** @param done ordinals of messages that have their outcome */
    void settle(BitSet done) {
        while (!open.isEmpty() && (open.peek().ordinal == NONE || done.get(open.peek().ordinal))) {
            lastSettled = open.remove();
            ordinalSettled = Math.max(ordinalSettled, lastSettled.ordinal);
            settled++;
        }
    }

    boolean hasToCommit() {
        return settled > committed;
    }

    /** @return behind the last message before which all are settled; empty if that is committed */
    Optional<OffsetAndMetadata> toCommit() {
        toCommit = settled;
        ordinalToCommit = ordinalSettled;
        return hasToCommit() ? Optional.of(new OffsetAndMetadata(lastSettled.end(), lastSettled.epoch, ""))
                : Optional.empty();
    }

    /** Kafka has taken what {@link #toCommit} returned last. @return the highest ordinal of it; below 0 for none */
    int committed() {
        committed = toCommit;
        return ordinalToCommit;
    }

    /** How many messages would come again after a crash. */
    int uncommitted() {
        return settled - committed + open.size();
    }

    /** The offset of the first message without an outcome. */
    Optional<Long> firstUnsettled() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.peek().offset);
    }
}
