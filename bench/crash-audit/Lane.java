// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

import dev.gtmroutes.crash.DeadLetterFiles;
import dev.gtmroutes.crash.ProgramProcess;

/** One server with its destination and its directory: kills it so often, lets it settle and judges what it did. */
final class Lane implements Callable<Findings> {

    private static final long FIRST_MS = 300;
    /** How long after its start-up a program is killed at the latest. */
    private static final int LONGEST_WORK_MS = 1_500;
    private static final long LONGEST_SETTLE_MS = 180_000;

    private final int number;
    private final int kills;
    private final Path directory;
    private final Random random;
    private final Destination destination;
    private final ProgramProcess server;
    private final Feed feed;
    private final List<Kill> killed = new ArrayList<>();
    private int edits;
    /** How long the last start-up took, in ms. */
    private long startup = 2_500;

    Lane(int number, int kills, Path directory, String program, long seed) throws IOException {
        this.number = number;
        this.kills = kills;
        this.directory = Files.createDirectories(directory.resolve("routes/flows")).getParent().getParent();
        this.random = new Random(seed);
        this.destination = new Destination(seed);
        this.server = new ProgramProcess(directory, program);
        this.feed = new Feed(directory, server, new Random(seed + 1));
    }

    @Override
    public Findings call() throws Exception {
        Thread feeding = new Thread(feed, "feed-" + number);
        try {
            for (Flow each : Flow.ALL) {
                write(each);
            }
            feeding.start();
            for (int run = 0; run < kills; run++) {
                cycle(run);
            }
            feed.end();
            feeding.join();
            boolean settled = settle();
            Findings findings = new Verdict("lane " + number, killed, destination.book().arrived())
                    .of(feed.acknowledged(),
                            DeadLetterFiles.in(directory.resolve("data"), (flow, line) -> RecordId.in(line)));
            limits(findings, settled);
            return findings;
        } finally {
            feed.end();
            server.kill();
            destination.close();
        }
    }

    /** A third of the kills hit the start-up, the others what comes after it. */
    private void cycle(int run) throws IOException, InterruptedException {
        long began = System.nanoTime();
        start(run);
        if (random.nextInt(3) == 0) {
            sleepEditing(FIRST_MS + random.nextInt((int) Math.max(1, startup - FIRST_MS)));
        } else {
            server.awaitStarted();
            startup = (System.nanoTime() - began) / 1_000_000;
            sleepEditing(random.nextInt(LONGEST_WORK_MS));
        }
        killed.add(new Kill(run, System.nanoTime()));
        server.kill();
        if (random.nextInt(3) == 0) {
            edit();
        }
        if ((run + 1) % 10 == 0) {
            System.out.println("lane " + number + ": " + (run + 1) + " of " + kills + " kills");
        }
    }

    private void start(int run) throws IOException {
        server.start(run, Map.of("PEOPLE_AI_API_KEY", "run-" + run, "PEOPLE_AI_RATE_LIMIT", "none",
                "SALESLOFT_ACCESS_TOKEN", "run-" + run, "SALESLOFT_RATE_LIMIT", "none"));
    }

    private void sleepEditing(long millis) throws IOException, InterruptedException {
        boolean editing = random.nextInt(3) == 0;
        long first = editing ? random.nextInt((int) millis + 1) : millis;
        sleep(first);
        if (editing) {
            edit();
            sleep(millis - first);
        }
    }

    /** Meanwhile the feed learns the port as soon as there is one. */
    private void sleep(long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            server.looksStarted();
            Thread.sleep(Math.min(left, 50));
        }
    }

    private void edit() throws IOException {
        edits++;
        write(Flow.ALL.get(random.nextInt(Flow.ALL.size())));
    }

    private void write(Flow flow) throws IOException {
        Path written = Files.writeString(directory.resolve("data/.audit/" + flow.name() + ".yaml"),
                flow.yaml(edits, destination.port(), random));
        Files.move(written, directory.resolve("routes/flows/" + flow.name() + ".yaml"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean settle() throws IOException, InterruptedException {
        destination.beKind();
        start(kills);
        server.awaitStarted();
        long end = System.nanoTime() + LONGEST_SETTLE_MS * 1_000_000;
        int idle = 0;
        // Between two folders, too, there is a moment in which nothing can be seen.
        while (idle < 10 && System.nanoTime() < end) {
            idle = server.isIdle() ? idle + 1 : 0;
            Thread.sleep(100);
        }
        server.stop();
        return idle == 10;
    }

    private void limits(Findings findings, boolean settled) {
        String lane = "lane " + number + ": ";
        if (!settled) {
            findings.broken("not settled within " + LONGEST_SETTLE_MS / 1000 + " s",
                    lane + "something waits in " + directory);
        }
        if (destination.book().strangers() > 0) {
            findings.broken("requests without a credential, or to an unknown path", lane + destination.book().strangers());
        }
        destination.book().mostUnderWay().forEach((name, most) -> {
            Flow flow = Flow.named(name);
            if (flow != null && most > flow.maxInFlight()) {
                findings.broken("more requests at a time than maxInFlight", lane + name + " " + most);
            }
        });
    }
}
