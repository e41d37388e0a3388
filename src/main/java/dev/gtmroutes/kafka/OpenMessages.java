// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.apache.kafka.common.TopicPartition;

/**
 * The messages of one input that are not committed, by their ordinals. What is in them is not kept: one request that is
 * tried again for an hour holds up the commit of all messages behind it. For any number of threads.
 */
final class OpenMessages {

    /** From the ordinal {@link #first} on; null where a message is committed and one before it is not. */
    private final List<MessageId> messages = new ArrayList<>();
    private int first;

    /** The next message: its ordinal is one higher than that of the message before, the first one has 0. */
    synchronized void add(MessageId message) {
        messages.add(message);
    }

    /** @return null if it is committed */
    synchronized MessageId get(int ordinal) {
        int place = ordinal - first;
        return place < 0 || place >= messages.size() ? null : messages.get(place);
    }

    /** @param last of partitions: their messages with these ordinals, and those before them, are committed */
    synchronized void committed(Map<TopicPartition, Integer> last) {
        int leading = 0;
        for (int place = 0; place < messages.size(); place++) {
            MessageId message = messages.get(place);
            if (message != null && first + place <= last.getOrDefault(message.partition(), -1)) {
                messages.set(place, null);
            }
            leading += leading == place && messages.get(place) == null ? 1 : 0;
        }
        messages.subList(0, leading).clear();
        first += leading;
    }

    synchronized boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Those that are wanted, by their ordinals. */
    synchronized List<Map.Entry<Integer, MessageId>> all(IntPredicate wanted) {
        return IntStream.range(first, first + messages.size())
                .filter(each -> messages.get(each - first) != null && wanted.test(each))
                .mapToObj(each -> Map.entry(each, get(each))).toList();
    }
}
