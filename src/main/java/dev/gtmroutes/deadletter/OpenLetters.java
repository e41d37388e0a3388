package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.delivery.DeadLetterState;

/** How many dead letters wait for a person. It may be asked often: what was counted before is not read again. */
public final class OpenLetters {

    private final Path data;
    private final DeadLetterBox box;
    private final Map<String, LetterCount> counts = new TreeMap<>();

    /** @param data the data directory; need not exist */
    public OpenLetters(Path data) {
        this.data = data;
        this.box = new DeadLetterBox(data);
    }

    /**
     * @return by flow and state, how many there are now; of flows that have files of dead letters
     * @throws IOException if they cannot be read
     */
    public synchronized Map<String, Map<DeadLetterState, Long>> count() throws IOException {
        Map<String, Map<DeadLetterState, Long>> now = new TreeMap<>();
        for (String flow : box.flows()) {
            now.put(flow, counts.computeIfAbsent(flow, each -> new LetterCount(data, flow)).now());
        }
        counts.keySet().retainAll(now.keySet());
        return now;
    }
}
