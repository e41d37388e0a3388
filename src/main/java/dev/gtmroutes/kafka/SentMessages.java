// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.record.UnfitRecordException;
import org.apache.camel.Exchange;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Messages as they are handed to Kafka's producer, and what became of each. None is handed over once an earlier one has
 * failed: without a broker each would block for as long as {@code max.block.ms}.
 */
final class SentMessages implements Iterable<Exchange> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int REFUSED = 422;
    /** RFC 4918, section 11.4: another message is at fault. */
    private static final int FAILED_DEPENDENCY = 424;

    private final List<Exchange> messages;
    private int handedOver;

    /** @param messages each gets its exception from the producer if it fails */
    SentMessages(List<Exchange> messages) {
        this.messages = messages;
    }

    @Override
    public Iterator<Exchange> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (handedOver < messages.size() && isUnfit(messages.get(handedOver))) {
                    handedOver++;
                }
                return handedOver < messages.size() && (handedOver == 0 || isWell(messages.get(handedOver - 1)));
            }

            @Override
            public Exchange next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return messages.get(handedOver++);
            }
        };
    }

    /** No message can be made of the record: it is not handed over. */
    private static boolean isUnfit(Exchange message) {
        return message.getException() instanceof UnfitRecordException;
    }

    /** Whether those behind it may be sent. */
    private static boolean isWell(Exchange message) {
        Exception failure = message.getException();
        return failure == null || isFault(failure);
    }

    /**
     * @param  ofProducer how the producer ended, null if well
     * @return            why all are to be sent again; null if only messages that are at fault themselves have failed
     */
    Exception failure(Exception ofProducer) {
        boolean ofMessage = messages.stream().anyMatch(each -> each.getException() == ofProducer);
        boolean invalid = messages.stream().anyMatch(each -> each.getException() instanceof InvalidRecordException);
        return ofProducer != null && !ofMessage ? ofProducer : messages.stream().map(Exchange::getException)
                .filter(each -> each != null && !isFault(each) && !(invalid && isDependency(each)))
                .findFirst().orElse(null);
    }

    /** Sent again, the message fails again. */
    private static boolean isFault(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException || failure instanceof UnfitRecordException;
    }

    /** Kafka refuses what it was sent together with an invalid record, and has no class of its own to say so. */
    private static boolean isDependency(Exception failure) {
        return failure.getClass() == KafkaException.class;
    }

    /** Whether the broker has all of them. */
    boolean allTaken() {
        return handedOver == messages.size() && messages.stream().noneMatch(Exchange::isFailed);
    }

    /** The status of each, in their order, as JSON. */
    String results() {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("results");
        for (int i = 0; i < messages.size(); i++) {
            Exception failure = messages.get(i).getException();
            boolean taken = i < handedOver && failure == null;
            ObjectNode result = results.addObject();
            result.put("status", taken ? OK : failure != null && isFault(failure) ? REFUSED : FAILED_DEPENDENCY);
            if (failure != null) {
                result.put("error", Exceptions.text(failure));
            }
        }
        return answer.toString();
    }
}
