// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One column of the crash matrix: all cells move their records in one program, the fault happens again and again while they
 * do, and each record is looked for at the end.
 */
final class MatrixRun {

    /** How long the slowest flow may take to send something after a fault, before the next fault happens all the same. */
    private static final long LONGEST_PHASE_MS = 20_000;
    private static final int RANDOM_MS = 800;
    private static final long LONGEST_SETTLE_MS = 90_000;
    /** Nothing more comes when nothing came for so long: longer than Kafka waits for a consumer that was killed. */
    private static final long SILENT_MS = 12_000;
    /** When each record has its outcome, what comes again would come in this time. */
    private static final long TRAILING_MS = 2_000;
    private static final int POLL_MS = 100;

    private final List<MatrixCell> cells;
    private final MatrixFault fault;
    private final int times;
    private final Random random;
    private final MatrixWorld world;
    private final MatrixFeed feed;
    private final long began = System.nanoTime();
    private final List<MatrixFault.Happened> happened = new ArrayList<>();
    private final Set<MatrixCell> silent = new HashSet<>();

    private MatrixRun(List<MatrixCell> cells, MatrixFault fault, int times, long seed, Path directory, MatrixWorld world)
            throws IOException {
        this.cells = cells;
        this.fault = fault;
        this.times = fault == MatrixFault.NONE ? 0 : times;
        this.random = new Random(seed);
        this.world = world;
        this.feed = new MatrixFeed(directory, world.program(), world.broker(), cells);
    }

    /**
     * Runs a column.
     *
     * @param times     how often the fault happens; without meaning if there is none
     * @param directory an empty one, for the program
     * @param arguments the file with the program's arguments
     */
    static MatrixColumn of(List<MatrixCell> cells, MatrixFault fault, int times, long seed, Path directory,
            String arguments) throws IOException, InterruptedException {
        try (MatrixWorld world = new MatrixWorld(cells, directory, arguments)) {
            List<CellResult> results = new MatrixRun(cells, fault, times, seed, directory, world).run();
            return new MatrixColumn(fault, results, world.vendor().strangers());
        }
    }

    private List<CellResult> run() throws IOException, InterruptedException {
        world.slowSources(times > 0);
        world.start();
        say("the program runs");
        feed.give(0, times + 1);
        for (int part = 0; part < times; part++) {
            disturb(part);
        }
        world.slowSources(false);
        world.vendor().beQuick();
        say("all records are given");
        if (!settle()) {
            say("requests still came after " + LONGEST_SETTLE_MS / 1000 + " s");
        }
        world.program().stop();
        return judge();
    }

    /**
     * Lets the fault happen while all cells move a part of their records, which have been given, and are given the next
     * part.
     *
     * @param part from 0
     */
    private void disturb(int part) throws IOException, InterruptedException {
        world.vendor().slowBeyond(share(part));
        Map<MatrixCell, Integer> before = progress();
        FutureTask<Void> feeding = new FutureTask<>(() -> {
            feed.give(part + 1, times + 1);
            return null;
        });
        Thread feeder = new Thread(feeding, "feed");
        feeder.setDaemon(true);
        feeder.start();
        awaitProgress(before);
        Thread.sleep(random.nextInt(RANDOM_MS));
        // Requests that wait are answered meanwhile: an orderly stop waits for them.
        world.vendor().slowBeyond(share(part + 1));
        happened.add(world.let(fault));
        try {
            feeding.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The feed failed", e.getCause());
        }
        say((part + 1) + " of " + times);
    }

    private double share(int part) {
        return (part + 1.0) / (times + 1);
    }

    private void say(String what) {
        System.out.println(fault.title() + ", " + (System.nanoTime() - began) / 1_000_000_000 + " s: " + what);
    }

    /** By cell: the number of requests, or files, so far. */
    private Map<MatrixCell, Integer> progress() throws IOException {
        Map<String, Integer> requests = new HashMap<>();
        world.vendor().arrived().forEach(request -> requests.merge(request.flow, 1, Integer::sum));
        Map<MatrixCell, Integer> progress = new HashMap<>();
        for (MatrixCell cell : cells) {
            progress.put(cell, cell.destination() == MatrixDestination.FILE
                    ? MatrixFiles.of(cell, world.data()).files.size() : requests.getOrDefault(cell.name(), 0));
        }
        return progress;
    }

    /** Until each cell has sent something since then; one that did not in time is not waited for any more. */
    private void awaitProgress(Map<MatrixCell, Integer> before) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_PHASE_MS * 1_000_000;
        while (true) {
            Map<MatrixCell, Integer> now = progress();
            List<MatrixCell> waiting = cells.stream().filter(cell -> !silent.contains(cell)
                    && now.get(cell).equals(before.get(cell))).toList();
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                List<MatrixCell> open = open();
                say("nothing came of " + waiting.stream()
                        .map(cell -> cell.name() + (open.contains(cell) ? "" : " (all is done)")).toList());
                silent.addAll(waiting);
                return;
            }
            Thread.sleep(POLL_MS);
        }
    }

    /** Waits until each record has its outcome and nothing more comes, or until nothing came for long. */
    private boolean settle() throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_SETTLE_MS * 1_000_000;
        Map<MatrixCell, Integer> before = progress();
        long last = System.nanoTime();
        while (System.nanoTime() < end) {
            Thread.sleep(POLL_MS * 5L);
            Map<MatrixCell, Integer> now = progress();
            if (!now.equals(before)) {
                before = now;
                last = System.nanoTime();
            }
            long quiet = (System.nanoTime() - last) / 1_000_000;
            if (quiet > (open().isEmpty() ? TRAILING_MS : SILENT_MS)) {
                return true;
            }
        }
        return false;
    }

    /** Cells with records that have no outcome yet. */
    private List<MatrixCell> open() throws IOException {
        return judge().stream().filter(result -> result.lost > 0).map(result -> result.cell).toList();
    }

    private List<CellResult> judge() throws IOException {
        Map<String, List<Arrived<String>>> requests = new HashMap<>();
        world.vendor().arrived().forEach(each -> requests.computeIfAbsent(each.flow, any -> new ArrayList<>()).add(each));
        DeadLetterFiles<String> letters = DeadLetterFiles.in(world.data(), (flow, line) -> MatrixFiles.id(line) == null
                ? null : flow + " " + MatrixFiles.id(line));
        List<CellResult> results = new ArrayList<>();
        for (MatrixCell cell : cells) {
            MatrixFiles files = MatrixFiles.of(cell, world.data());
            boolean file = cell.destination() == MatrixDestination.FILE;
            results.add(new CellVerdict(cell, fault, happened, file ? files.files
                    : requests.getOrDefault(cell.name(), List.of())).of(feed.given(cell), own(letters, cell),
                            file ? files.wrong : world.vendor().wrong(cell)));
        }
        return results;
    }

    /** Two flows may have dead letters of the same record. */
    private static DeadLetterFiles<String> own(DeadLetterFiles<String> letters, MatrixCell cell) {
        DeadLetterFiles<String> own = new DeadLetterFiles<>();
        for (String id : cell.ids()) {
            if (letters.isHeld(cell.name() + " " + id)) {
                own.add(id, true);
            }
            if (letters.isRejected(cell.name() + " " + id)) {
                own.add(id, false);
            }
        }
        return own;
    }
}
