// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.lint.kamelet.KameletDefinition;

/**
 * The sample of a template: {@code <template>.sample.json} beside its Kamelet, with cases of records and of the
 * requests that are made of them. The first case is the one that is shown.
 */
final class TemplateSample {

    private static final String ENDING = ".sample.json";
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonPointer CASES = JsonPointer.compile("/cases");
    private static final JsonPointer RECORDS = JsonPointer.compile("/cases/0/records");

    private final KameletDefinition kamelet;

    TemplateSample(KameletDefinition kamelet) {
        this.kamelet = kamelet;
    }

    /** The records of the first case, a JSON array, byte for byte; empty if there is no sample that can be read. */
    Optional<byte[]> records() {
        try {
            byte[] sample = Files.isRegularFile(file()) ? Files.readAllBytes(file()) : packaged();
            int[] place = sample == null ? null : place(sample, RECORDS);
            return place == null ? Optional.empty() : Optional.of(Arrays.copyOfRange(sample, place[0], place[1]));
        } catch (IOException e) {
            return Optional.empty();
        }
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

    /**
     * Puts a case before all others.
     *
     * @param json the case
     * @throws IOException if the file is none with cases, or cannot be written; it is as before then
     */
    void add(String json) throws IOException {
        byte[] before = Files.isRegularFile(file()) ? Files.readAllBytes(file())
                : "{\"cases\": [\n]}\n".getBytes(StandardCharsets.UTF_8);
        int[] cases = place(before, CASES);
        if (cases == null || before[cases[0]] != '[') {
            throw new IOException(file() + " contains no cases");
        }
        String rest = new String(before, cases[0] + 1, before.length - cases[0] - 1, StandardCharsets.UTF_8);
        String text = new String(before, 0, cases[0] + 1, StandardCharsets.UTF_8) + "\n  " + json
                + (rest.stripLeading().startsWith("]") ? "" : ",\n") + rest;
        Disk disk = new Disk();
        Path hidden = file().resolveSibling("." + file().getFileName() + ".new");
        try (FileChannel out = FileChannel.open(hidden, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.write(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            disk.sync(out);
        }
        disk.move(hidden, file());
    }

    /** @return where a value begins and ends; null if there is none */
    private static int[] place(byte[] json, JsonPointer wanted) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME && parser.getParsingContext().pathAsPointer().equals(wanted)) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    return new int[] {start, (int) parser.currentLocation().getByteOffset()};
                }
            }
        }
        return null;
    }
}
