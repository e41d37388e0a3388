// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.progress.Ranges;

/** Many dead letters in little memory: for each file the numbers of its lines. */
final class LetterSet {

    private final Map<DeadLetterFile, BitSet> lines = new TreeMap<>();

    void add(LetterId id) {
        lines.computeIfAbsent(id.file(), each -> new BitSet()).set(id.line());
    }

    void addAll(LetterSet others) {
        others.lines.forEach((file, numbers) -> lines.computeIfAbsent(file, each -> new BitSet()).or(numbers));
    }

    boolean has(LetterId id) {
        BitSet numbers = lines.get(id.file());
        return numbers != null && numbers.get(id.line());
    }

    /** The place of one of these letters in their order, from 1. */
    int rank(LetterId id) {
        int before = lines.entrySet().stream().filter(each -> each.getKey().compareTo(id.file()) < 0)
                .mapToInt(each -> each.getValue().cardinality()).sum();
        return before + lines.get(id.file()).get(0, id.line() + 1).cardinality();
    }

    /** Takes those of a file out of these numbers of its lines. */
    void removeFrom(DeadLetterFile file, BitSet numbers) {
        BitSet those = lines.get(file);
        if (those != null) {
            numbers.andNot(those);
        }
    }

    /** The numbers of the lines in a file. */
    BitSet lines(DeadLetterFile file) {
        BitSet those = lines.get(file);
        return those == null ? new BitSet() : (BitSet) those.clone();
    }

    void each(Consumer<LetterId> what) {
        lines.forEach((file, numbers) -> numbers.stream().forEach(line -> what.accept(new LetterId(file, line))));
    }

    /** The files that its letters are in. */
    Set<DeadLetterFile> files() {
        return lines.keySet();
    }

    int size() {
        return lines.values().stream().mapToInt(BitSet::cardinality).sum();
    }

    /** Writes an object: for each file its print and the ranges of its lines. */
    void write(JsonGenerator json, FileFingerprints prints) throws IOException {
        json.writeStartObject();
        for (Map.Entry<DeadLetterFile, BitSet> each : lines.entrySet()) {
            json.writeObjectFieldStart(each.getKey().name());
            json.writeStringField("print", prints.of(each.getKey()));
            json.writeStringField("lines", Ranges.of(each.getValue()).toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** What {@link #write} has written, without letters of files that are gone. */
    static LetterSet read(JsonNode json, FileFingerprints prints) throws IOException {
        LetterSet letters = new LetterSet();
        for (Map.Entry<String, JsonNode> each : json.properties()) {
            DeadLetterFile file = DeadLetterFile.named(each.getKey());
            if (file != null && prints.of(file).equals(each.getValue().path("print").asText())) {
                BitSet numbers = new BitSet();
                Ranges.parse(each.getValue().path("lines").asText()).addTo(numbers);
                letters.lines.put(file, numbers);
            }
        }
        return letters;
    }
}
