// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;

/** Names of the attributes that sample records have, with dots for nested ones. */
public final class SampleFiles {

    /** No samples: then nothing can be said about attributes. */
    public static final SampleFiles NONE = new SampleFiles(Set.of());

    private static final int MOST_RECORDS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A column is an attribute also where the sample has no value of it. */
    private static final CsvCells EMPTY_COUNT = new CsvCells(false, true);

    private final Set<String> attributes;
    private final Set<String> added;

    private SampleFiles(Set<String> attributes) {
        this(attributes, Set.of());
    }

    private SampleFiles(Set<String> attributes, Set<String> added) {
        this.attributes = attributes;
        this.added = added;
    }

    /** The same records, with attributes that steps of the flow add, of which nothing more is known. */
    SampleFiles with(Set<String> names) {
        return new SampleFiles(attributes, names);
    }

    public static SampleFiles of(Set<String> attributes) {
        return new SampleFiles(new TreeSet<>(attributes));
    }

    /** Where records as a flow gets them may lie: calls.sample.json beside calls.yaml. The file need not exist. */
    public static Path beside(Path flow) {
        String stem = flow.getFileName().toString().replaceFirst("(\\.camel)?\\.ya?ml$", "");
        return flow.resolveSibling(stem + ".sample.json");
    }

    /** Reads a file of records in any form that the inbox takes. What is no record is passed over. */
    public static SampleFiles read(Path file) {
        Set<String> attributes = new TreeSet<>();
        try (RecordReader records = RecordReader.open(file, file.getFileName().toString(), null, RecordSize.DEFAULT,
                EMPTY_COUNT)) {
            for (int i = 0; i < MOST_RECORDS && records.hasNext(); i++) {
                SourceRecord each = records.next();
                if (each.wellFormed()) {
                    collect(JSON.readTree(each.bytes()), "", attributes);
                }
            }
            return new SampleFiles(attributes);
        } catch (NotRecordsException e) {
            return NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, String prefix, Set<String> attributes) {
        node.properties().forEach(each -> {
            attributes.add(prefix + each.getKey());
            collect(each.getValue(), prefix + each.getKey() + ".", attributes);
        });
    }

    boolean exist() {
        return !attributes.isEmpty();
    }

    boolean have(String attribute) {
        return attributes.contains(attribute)
                || added.stream().anyMatch(each -> attribute.equals(each) || attribute.startsWith(each + "."));
    }

    Set<String> attributes() {
        return Collections.unmodifiableSet(attributes);
    }
}
