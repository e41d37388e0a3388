// SPDX-License-Identifier: Apache-2.0
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
import java.util.Random;

import dev.gtmroutes.crash.ProgramProcess;

/** Drops files and posts requests while the program runs, is killed or is down; remembers what was acknowledged. */
final class Feed implements Runnable {

    /** As many files may wait in an inbox, or the end would take too long. */
    private static final int MOST_WAITING = 4;
    private static final List<String> FORMS = List.of("ndjson", "ndjson", "json", "csv");

    private final Path directory;
    private final ProgramProcess server;
    private final Random random;
    private final List<RecordId> acknowledged = new ArrayList<>();
    private final Map<String, Integer> sources = new HashMap<>();
    private Exception failure;
    private volatile boolean ended;

    Feed(Path directory, ProgramProcess server, Random random) throws IOException {
        this.directory = directory;
        this.server = server;
        this.random = random;
        Files.createDirectories(directory.resolve("data/.audit"));
        for (Flow each : Flow.ALL) {
            Files.createDirectories(inbox(each));
        }
    }

    @Override
    public void run() {
        try {
            while (!ended) {
                Flow flow = Flow.ALL.get(random.nextInt(Flow.ALL.size()));
                boolean file = random.nextInt(3) == 0;
                if (ProgramProcess.waiting(inbox(flow).toFile()) < MOST_WAITING) {
                    if (file) {
                        drop(flow);
                    } else if (server.port() != 0) {
                        post(flow, server.port());
                    }
                }
                Thread.sleep(10 + random.nextInt(60));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private void drop(Flow flow) throws IOException {
        String form = FORMS.get(random.nextInt(FORMS.size()));
        Source source = Source.of(flow, next(flow), 1 + random.nextInt(flow.batched() ? 150 : 25), form, random);
        String name = "drop-" + source.ids().get(0).source() + "." + form;
        Path written = Files.writeString(directory.resolve("data/.audit").resolve(name), source.text());
        Files.move(written, inbox(flow).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        acknowledged.addAll(source.ids());
    }

    private void post(Flow flow, int port) {
        String form = FORMS.get(random.nextInt(FORMS.size()));
        Source source = Source.of(flow, next(flow), 1 + random.nextInt(8), form, random);
        try {
            HttpURLConnection intake = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/intake/"
                    + flow.name()).toURL().openConnection();
            byte[] body = source.text().getBytes(StandardCharsets.UTF_8);
            intake.setDoOutput(true);
            intake.setFixedLengthStreamingMode(body.length);
            intake.setReadTimeout(20_000);
            intake.setRequestProperty("Content-Type", source.contentType());
            intake.getOutputStream().write(body);
            if (intake.getResponseCode() == 202) {
                acknowledged.addAll(source.ids());
            }
            intake.disconnect();
        } catch (IOException e) {
            // Killed before it answered: nobody promised anything.
        }
    }

    private int next(Flow flow) {
        return sources.merge(flow.name(), 1, Integer::sum);
    }

    private Path inbox(Flow flow) {
        return directory.resolve("data/inbox").resolve(flow.name());
    }

    void end() {
        ended = true;
    }

    /** To be read when the feed's thread has ended: records that were put into place or answered with 202. */
    List<RecordId> acknowledged() {
        if (failure != null) {
            throw new IllegalStateException("The feed failed", failure);
        }
        return acknowledged;
    }
}
