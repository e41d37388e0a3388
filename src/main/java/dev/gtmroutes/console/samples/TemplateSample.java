// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.gtmroutes.lint.kamelet.KameletDefinition;

/**
 * The sample of a template: {@code <template>.sample.json} beside its Kamelet, with cases of records and of the
 * requests that are made of them. The first case is the one that is shown.
 */
public final class TemplateSample {

    private static final String ENDING = ".sample.json";
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonPointer RECORDS = JsonPointer.compile("/cases/0/records");

    private final KameletDefinition kamelet;

    public TemplateSample(KameletDefinition kamelet) {
        this.kamelet = kamelet;
    }

    /** The records of the first case, a JSON array, byte for byte; empty if there is no sample that can be read. */
    Optional<byte[]> records() {
        try {
            byte[] sample = read();
            int[] place = sample == null ? null : place(sample);
            return place == null ? Optional.empty() : Optional.of(Arrays.copyOfRange(sample, place[0], place[1]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All of the sample, which of a source is a page as its vendor sends it; empty if there is none that can be read. */
    public Optional<byte[]> whole() {
        try {
            return Optional.ofNullable(read());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private byte[] read() throws IOException {
        return Files.isRegularFile(file()) ? Files.readAllBytes(file()) : packaged();
    }

    /** Where it lies, or would, if the Kamelet is one on the disk. */
    Path file() {
        return kamelet.path().resolveSibling(kamelet.fileName() + ENDING);
    }

    private byte[] packaged() throws IOException {
        try (InputStream in = Thread.currentThread().getContextClassLoader()
                .getResourceAsStream("kamelets/" + kamelet.fileName() + ENDING)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    /** @return where the records begin and end; null if there are none */
    private static int[] place(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME && parser.getParsingContext().pathAsPointer().equals(RECORDS)) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    return new int[] {start, (int) parser.currentLocation().getByteOffset()};
                }
            }
        }
        return null;
    }
}
