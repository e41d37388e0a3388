// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import dev.gtmroutes.disk.CheckedLine;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.LineFile;

/** The records that were put into a store last, a line each. One thread at a time. */
final class RecordJournal {

    static final String ENDING = ".journal";

    private final Path store;
    private final Path path;
    private final LineFile file;
    private long length;

    /** Receives records and their keys. */
    interface Reader {

        void read(String key, byte[] record) throws IOException;
    }

    /** @param store its file; the journal lies beside it, and need not exist */
    RecordJournal(Path store) throws IOException {
        this.store = store;
        this.path = Path.of(store + ENDING);
        this.file = new LineFile(path, new Disk());
        this.length = Files.exists(path) ? Files.size(path) : 0;
    }

    /** Bytes. */
    long length() {
        return length;
    }

    /** Returns when the records are on the disk. */
    void append(Map<String, byte[]> byKey) throws IOException {
        StringBuilder lines = new StringBuilder();
        byKey.forEach((key, record) -> lines.append(CheckedLine.of(
                encoded(key.getBytes(StandardCharsets.UTF_16BE)) + " " + encoded(record))));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
        file.append(bytes);
        length += bytes.length;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Reads the records in the order in which they were put. A line that a crash has cut off was never put. */
    void read(Reader reader) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        file.mend();
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = CheckedLine.text(line);
                if (text == null) {
                    throw LookupStore.damaged(path + " is damaged", store, null);
                }
                int blank = text.indexOf(' ');
                reader.read(new String(decoded(text.substring(0, blank)), StandardCharsets.UTF_16BE),
                        decoded(text.substring(blank + 1)));
            }
        }
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    /** The records are elsewhere now. */
    void clear() throws IOException {
        Files.deleteIfExists(path);
        length = 0;
    }
}
