// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which messages are not committed, while one partition commits and the other one does not. */
class OpenMessagesTest {

    private static final TopicPartition ZERO = new TopicPartition("calls", 0);
    private static final TopicPartition ONE = new TopicPartition("calls", 1);

    private final OpenMessages open = new OpenMessages();

    /** Ordinals 0 to 7 by turns: offsets 5 to 8 of both partitions. */
    OpenMessagesTest() {
        for (int offset = 5; offset < 9; offset++) {
            open.add(new MessageId(ZERO, offset, 1));
            open.add(new MessageId(ONE, offset, 1));
        }
    }

    private List<Integer> ordinals() {
        return open.all(each -> true).stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void aPartitionThatWaitsHoldsBackNoOther() {
        open.committed(Map.of(ONE, 5));
        assertThat(ordinals()).containsExactly(0, 2, 4, 6, 7);
        assertThat(open.get(5)).isNull();
        assertThat(open.get(7)).extracting(MessageId::partition, MessageId::offset).containsExactly(ONE, 8L);

        open.committed(Map.of(ZERO, 2, ONE, 5));
        assertThat(ordinals()).containsExactly(4, 6, 7);
        assertThat(IntStream.range(0, 4).mapToObj(open::get)).containsOnlyNulls();
        assertThat(open.get(4)).extracting(MessageId::partition, MessageId::offset).containsExactly(ZERO, 7L);
    }

    @Test
    void theNextOrdinalGoesOnWhereAllAreCommitted() {
        open.committed(Map.of(ZERO, 6, ONE, 7));
        assertThat(open.isEmpty()).isTrue();

        open.add(new MessageId(ZERO, 9, 1));
        assertThat(ordinals()).containsExactly(8);
        assertThat(open.get(8).offset()).isEqualTo(9);
        assertThat(open.get(9)).isNull();
    }
}
