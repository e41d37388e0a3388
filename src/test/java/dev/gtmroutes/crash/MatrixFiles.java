// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the flow of a cell wrote to files: each file stands for a request that was carried out. */
final class MatrixFiles {

    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"\\\\]+)\"");

    final List<Arrived<String>> files = new ArrayList<>();
    /** Lines that are no records of the sandbox or the feed. */
    final List<String> wrong = new ArrayList<>();

    /** Reads the finished files of a cell. */
    static MatrixFiles of(MatrixCell cell, Path data) throws IOException {
        MatrixFiles all = new MatrixFiles();
        Path folder = data.resolve("out").resolve(cell.name());
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> !path.getFileName().toString().startsWith(".")).toList()) {
                    all.read(cell, file);
                }
            }
        }
        return all;
    }

    private void read(MatrixCell cell, Path file) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String id = id(line);
            if (id == null) {
                wrong.add("a line of " + file.getFileName() + " that is no record: " + line);
            } else {
                ids.add(id);
            }
        }
        Arrived<String> written = new Arrived<>(0, cell.name(), ids, 0);
        long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
        written.carriedOut = System.nanoTime() - age * 1_000_000;
        written.begun = written.carriedOut;
        written.answered = written.carriedOut;
        files.add(written);
    }

    /** @return what tells the record of a line from all others; null if there is none */
    static String id(String line) {
        Matcher uid = UID.matcher(line);
        return uid.find() ? uid.group(1) : null;
    }
}
