// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.parameter.ContextPlugin;
import dev.gtmroutes.progress.EarlierIds;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressLog;
import org.apache.camel.CamelContext;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of the messages of one flow that are not committed yet, at destinations that must not be sent a message
 * twice: {@code state/kafka/<flow>.progress} in the data directory. The flow's consumers share it, and an edit of the flow
 * does not end it. What is known of a partition is kept when another member of the group gets it: that member may end before
 * it commits, and the partition come back. For any number of threads.
 */
final class FlowProgress {

    private static final Logger LOG = LoggerFactory.getLogger(FlowProgress.class);

    private final String flow;
    private final ProgressFile file;
    /** By partition and offset; looked up without waiting for the disk. */
    private final Map<TopicPartition, ConcurrentSkipListMap<Long, KnownMessage>> known = new ConcurrentHashMap<>();

    /** Those of a Camel context, by the paths of their files. */
    private static final class All {
        private final Map<Path, FlowProgress> byPath = new ConcurrentHashMap<>();
    }

    private FlowProgress(String flow, ProgressFile file) {
        this.flow = flow;
        this.file = file;
    }

    /**
     * @param  data the data directory
     * @return      the one of this flow, the same object for as long as Camel lives
     * @throws IOException if what an earlier run noted cannot be read; the message says why
     */
    static FlowProgress of(CamelContext camel, Path data, String flow) throws IOException {
        All all = ContextPlugin.of(camel, All.class, All::new);
        Path path = path(data, flow);
        synchronized (all) {
            FlowProgress there = all.byPath.get(path);
            if (there == null) {
                there = read(flow, path, new Disk(), EarlierIds.of(camel, data)::now);
                all.byPath.put(path, there);
            }
            return there;
        }
    }

    /** Where it lies. */
    static Path path(Path data, String flow) {
        return data.toAbsolutePath().normalize().resolve("state").resolve("kafka")
                .resolve(URLEncoder.encode(flow, StandardCharsets.UTF_8) + ".progress");
    }

    static FlowProgress read(String flow, Path path, Disk disk) throws IOException {
        return read(flow, path, disk, id -> id);
    }

    /** @param ids gives the id that a destination has now */
    private static FlowProgress read(String flow, Path path, Disk disk, UnaryOperator<String> ids) throws IOException {
        FlowProgress progress = new FlowProgress(flow, new ProgressFile(path, disk));
        int damaged = progress.file.read(line -> progress.add(ProgressNote.parse(line).renamed(ids)));
        if (damaged > 0) {
            LOG.warn("{}: lines of {} are damaged ({}): the messages in these lines may be sent again", flow, path, damaged);
        }
        long sending = progress.known.values().stream().flatMap(each -> each.values().stream())
                .filter(KnownMessage::isSending).count();
        if (sending > 0) {
            LOG.warn("{}: the program ended while messages were being sent ({}), so the API may have processed them: if "
                    + "they arrive again, they are held in the dead letters", flow, sending);
        }
        return progress;
    }

    /** Whether nothing is known of any message. */
    boolean isEmpty() {
        return known.isEmpty();
    }

    /** @return what is known of just this message; null for nothing */
    KnownMessage of(MessageId message) {
        ConcurrentSkipListMap<Long, KnownMessage> offsets = known.get(message.partition());
        KnownMessage there = offsets == null ? null : offsets.get(message.offset());
        return there != null && there.fingerprint() == message.fingerprint() ? there : null;
    }

    /**
     * Notes what becomes of messages.
     *
     * @param what SENDING, which outlives a power cut, UNSENT or SETTLED
     * @throws IOException if it could not be noted; then it does not count
     */
    synchronized void note(ProgressLog.Note what, InputProgress.DestinationKey place, List<MessageId> messages)
            throws IOException {
        ProgressNote note = new ProgressNote(what, place, messages);
        file.append(note.text(), what == ProgressLog.Note.SENDING, this::lines);
        add(note);
    }

    private void add(ProgressNote note) {
        for (MessageId each : note.messages()) {
            known.computeIfAbsent(each.partition(), partition -> new ConcurrentSkipListMap<>())
                    .compute(each.offset(),
                            (offset, before) -> (before != null && before.fingerprint() == each.fingerprint() ? before
                                    : KnownMessage.nothing(each.fingerprint())).with(note.what(), note.place()));
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        known.forEach((partition, offsets) -> offsets.forEach((offset, message) -> {
            List<MessageId> id = List.of(new MessageId(partition, offset, message.fingerprint()));
            message.states().forEach((place, what) -> lines.add(new ProgressNote(what, place, id).text()));
        }));
        return lines;
    }

    /** Kafka brings no message of the partition before this offset any more. */
    synchronized void committed(TopicPartition partition, long end) {
        ConcurrentSkipListMap<Long, KnownMessage> offsets = known.get(partition);
        if (offsets != null) {
            offsets.headMap(end).clear();
        }
        known.values().removeIf(Map::isEmpty);
        if (known.isEmpty() && !file.isEmpty()) {
            try {
                file.delete();
            } catch (IOException e) {
                LOG.debug("{}: the progress of committed messages cannot be deleted yet: {}", flow, e.toString());
            }
        }
    }
}
