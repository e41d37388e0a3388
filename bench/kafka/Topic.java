// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.kafka.Broker;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A broker with a topic of four partitions that holds records, each as many. It runs until it is killed.
 *
 * <p>Usage: java Topic RECORDS     prints the broker's address once the records are there
 */
public class Topic {

    private static final int PARTITIONS = 4;

    public static void main(String[] args) throws InterruptedException {
        int records = Integer.parseInt(args[0]);
        Broker broker = new Broker();
        broker.createTopic("calls", PARTITIONS);
        List<ProducerRecord<String, String>> messages = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            messages.add(new ProducerRecord<>("calls", i % PARTITIONS, null, String.format(
                    "{\"external_id\":\"call-%010d\",\"duration\":%d,\"note\":\"%s\"}", i, i % 3600, "x".repeat(260))));
        }
        broker.send(messages);
        System.out.println(broker.address());
        Thread.currentThread().join();
    }
}
