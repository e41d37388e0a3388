// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.disk.Sha256;

/**
 * Tells a file of dead letters from a later one of the same name, which is there if somebody deletes the file of a day
 * before that day is over: what was done with letters of the first must not hide those of the second.
 */
public final class FileFingerprints {

    private static final int CHARS = 16;

    private final Map<DeadLetterFile, String> known = new HashMap<>();
    private final Path folder;

    /** @param folder where the dead letters of a flow lie */
    public FileFingerprints(Path folder) {
        this.folder = folder;
    }

    /** @return a hash of the first line, which no other file has; empty if there is none */
    public String of(DeadLetterFile file) throws IOException {
        String print = known.get(file);
        if (print == null) {
            print = read(file);
            known.put(file, print);
        }
        return print;
    }

    private String read(DeadLetterFile file) throws IOException {
        try (LetterLines lines = new LetterLines(file.path(folder))) {
            byte[] first = lines.next();
            return first == null ? ""
                    : HexFormat.of().formatHex(Sha256.begin().digest(first)).substring(0, CHARS);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
