// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import dev.gtmroutes.progress.Fingerprints;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which message it is. A topic that was deleted and made again has other messages at the same offsets.
 *
 * @param fingerprint of its value and its time
 */
record MessageId(TopicPartition partition, long offset, long fingerprint) {

    private static final byte[] NOTHING = {};

    /** @param partition the one of the message: many ids share it */
    static MessageId of(ConsumerRecord<byte[], byte[]> message, TopicPartition partition) {
        byte[] value = message.value() == null ? NOTHING : message.value();
        return new MessageId(partition, message.offset(),
                Fingerprints.at(Long.hashCode(message.timestamp()), Fingerprints.of(value)));
    }

    /** @throws RuntimeException if it is not what {@link #toString} makes */
    static MessageId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a message: " + text);
        }
        return new MessageId(new TopicPartition(parts[0], Integer.parseInt(parts[1])), Long.parseLong(parts[2]),
                Long.parseUnsignedLong(parts[3], 16));
    }

    /** Such as {@code calls/0/4711/9f86d081884c7d65}; names of topics have no slash in them. */
    @Override
    public String toString() {
        return partition.topic() + "/" + partition.partition() + "/" + offset + "/" + Long.toHexString(fingerprint);
    }
}
