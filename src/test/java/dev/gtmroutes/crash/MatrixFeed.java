// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.gtmroutes.kafka.Broker;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Gives the cells of inbox, intake and topic their records, a part of each cell after the other, and remembers what was
 * acknowledged. What was posted to a program that is killed before it answers was promised by nobody.
 */
final class MatrixFeed {

    private static final int PER_FILE = 20;
    private static final List<String> FORMS = List.of("ndjson", "json", "csv");

    private final Path directory;
    private final ProgramProcess program;
    private final Broker broker;
    private final Map<MatrixCell, List<String>> given = new HashMap<>();
    private int files;

    MatrixFeed(Path directory, ProgramProcess program, Broker broker, List<MatrixCell> cells) throws IOException {
        this.directory = directory;
        this.program = program;
        this.broker = broker;
        Files.createDirectories(directory.resolve("data/.matrix"));
        for (MatrixCell cell : cells) {
            given.put(cell, new ArrayList<>(cell.source().isFed() ? List.of() : cell.ids()));
            Files.createDirectories(inbox(cell));
        }
    }

    private Path inbox(MatrixCell cell) {
        return directory.resolve("data/inbox").resolve(cell.name());
    }

    /** Records that the source of a cell has by now. */
    List<String> given(MatrixCell cell) {
        return given.get(cell);
    }

    /**
     * Gives each cell its next records, and returns when they are acknowledged. A part goes piece by piece, so that a
     * fault finds some given and others not.
     *
     * @param part from 0
     */
    void give(int part, int parts) throws IOException, InterruptedException {
        Map<MatrixCell, List<String>> own = new HashMap<>();
        given.keySet().stream().filter(cell -> cell.source().isFed()).forEach(cell -> {
            List<String> all = cell.ids();
            own.put(cell, all.subList(all.size() * part / parts, all.size() * (part + 1) / parts));
        });
        send(own);
        int most = own.values().stream().mapToInt(List::size).max().orElse(0);
        for (int from = 0; from < most; from += PER_FILE) {
            for (Map.Entry<MatrixCell, List<String>> each : own.entrySet()) {
                List<String> ids = each.getValue();
                if (from < ids.size()) {
                    give(each.getKey(), ids.subList(from, Math.min(ids.size(), from + PER_FILE)));
                }
            }
        }
    }

    private void give(MatrixCell cell, List<String> ids) throws IOException, InterruptedException {
        String form = FORMS.get(files++ % FORMS.size());
        if (cell.source() == MatrixSource.INBOX) {
            drop(cell, ids, form);
        } else if (cell.source() == MatrixSource.INTAKE) {
            post(cell, ids, form);
        }
    }

    private void drop(MatrixCell cell, List<String> ids, String form) throws IOException {
        String name = "drop-%05d.%s".formatted(files, form);
        Path written = Files.writeString(directory.resolve("data/.matrix").resolve(name), text(ids, form));
        Files.move(written, inbox(cell).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        given.get(cell).addAll(ids);
    }

    /** The messages of all topics go together: while the broker is away, they wait. */
    private void send(Map<MatrixCell, List<String>> own) {
        List<MatrixCell> topics = own.keySet().stream().filter(cell -> cell.source() == MatrixSource.KAFKA).toList();
        if (!topics.isEmpty()) {
            broker.send(topics.stream().flatMap(cell -> own.get(cell).stream()
                    .map(id -> new ProducerRecord<String, String>(cell.name(), json(id)))).toList());
            topics.forEach(cell -> given.get(cell).addAll(own.get(cell)));
        }
    }

    /** Waits while the program is down. */
    private void post(MatrixCell cell, List<String> ids, String form) throws IOException, InterruptedException {
        while (program.port() == 0) {
            Thread.sleep(20);
        }
        try {
            HttpURLConnection intake = (HttpURLConnection) URI.create("http://127.0.0.1:" + program.port() + "/intake/"
                    + cell.name()).toURL().openConnection();
            byte[] body = text(ids, form).getBytes(StandardCharsets.UTF_8);
            intake.setDoOutput(true);
            intake.setFixedLengthStreamingMode(body.length);
            intake.setReadTimeout(20_000);
            intake.setRequestProperty("Content-Type", form.equals("csv") ? "text/csv"
                    : form.equals("json") ? "application/json" : "application/x-ndjson");
            intake.getOutputStream().write(body);
            if (intake.getResponseCode() == 202) {
                given.get(cell).addAll(ids);
            }
            intake.disconnect();
        } catch (IOException e) {
            // Killed before it answered.
        }
    }

    private static String text(List<String> ids, String form) {
        return switch (form) {
            case "json" -> ids.stream().map(MatrixFeed::json).collect(Collectors.joining(",\n", "[", "]\n"));
            case "csv" -> ids.stream().map(id -> id + ",note\n").collect(Collectors.joining("", "uid,note\n", ""));
            default -> ids.stream().map(MatrixFeed::json).collect(Collectors.joining("\n", "", "\n"));
        };
    }

    private static String json(String id) {
        return "{\"uid\":\"" + id + "\",\"note\":\"note\"}";
    }
}
