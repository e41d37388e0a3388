// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Proves, or disproves, that a crash loses nothing and repeats no more than the requests in flight. Started by
 * {@code bench/crash-audit.sh}, which says how.
 *
 * <p>Usage: java CrashAudit KILLS LANES SEED PROGRAM WORK. Ends with status 1 if a promise was broken. WORK/row is then
 * the row for bench/RESULTS.md, WORK/broken all that was seen.
 */
public class CrashAudit {

    private static final int MOST_SHOWN = 8;

    public static void main(String[] args) throws IOException, InterruptedException {
        int kills = Integer.parseInt(args[0]);
        int lanes = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        System.out.println(kills + " kills in " + lanes + " lanes, seed " + seed);
        Findings all = new Findings();
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            List<Future<Findings>> running = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                Path directory = Files.createDirectories(Path.of(args[4]).resolve("lane-" + i));
                int share = kills / lanes + (i < kills % lanes ? 1 : 0);
                running.add(threads.submit(new Lane(i, share, directory, args[3], seed + i * 1_000L)));
            }
            for (Future<Findings> each : running) {
                all.add(each.get());
            }
        } catch (ExecutionException e) {
            System.err.println("The audit could not go on: " + e.getCause());
            System.exit(2);
        } finally {
            threads.shutdownNow();
        }
        System.out.println();
        System.out.print(all.table());
        System.out.print(all.complaints(MOST_SHOWN));
        Files.writeString(Path.of(args[4]).resolve("broken"), all.complaints(Integer.MAX_VALUE));
        Files.writeString(Path.of(args[4]).resolve("row"), all.row() + "\n");
        System.exit(all.broken.isEmpty() ? 0 : 1);
    }
}
