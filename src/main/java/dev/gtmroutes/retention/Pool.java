// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.gtmroutes.disk.FileErrors;

/**
 * Files that one setting holds for, and which of them are removed: the oldest, as far as they are too old or too many. It
 * remembers only as many as may be removed in one run.
 */
final class Pool {

    /** More small files than this fill a usual volume's inodes, whatever their size. */
    static final int MOST_FILES = 100_000;
    /** What is younger may still be on its way to its place. */
    private static final Duration YOUNGEST = Duration.ofMinutes(1);

    /** Removes a file. */
    interface Remover {
        /** @return false if it is in work, or no longer what it was */
        boolean remove() throws IOException;
    }

    /**
     * A file that may be removed.
     *
     * @param since when it came to be of no more use
     */
    record Old(Instant since, long bytes, Remover remover) {
    }

    /**
     * What became of a pool.
     *
     * @param problem the first one; null without any
     */
    record Swept(long files, long bytes, String problem) {

        Swept and(Swept other) {
            return new Swept(files + other.files, bytes + other.bytes, problem == null ? other.problem : problem);
        }
    }

    private final PriorityQueue<Old> oldest = new PriorityQueue<>(Comparator.comparing(Old::since).reversed());
    private final Keep keep;
    private final int most;
    private final int mostFiles;
    private long files;
    private long bytes;

    /** @param most so many are removed at most */
    Pool(Keep keep, int most) {
        this(keep, most, MOST_FILES);
    }

    /** @param mostFiles so many are kept at most, if there is a limit to their size */
    Pool(Keep keep, int most, int mostFiles) {
        this.keep = keep;
        this.most = most;
        this.mostFiles = mostFiles;
    }

    void add(Old file) {
        files++;
        bytes += file.bytes;
        oldest.add(file);
        if (oldest.size() > most) {
            oldest.poll();
        }
    }

    /**
     * Removes what is too old or too much. It ends early if its thread is interrupted.
     *
     * @param trusted whether the clock can be trusted; otherwise only what is too much goes
     */
    Swept sweep(Instant now, boolean trusted) {
        List<Old> inOrder = new ArrayList<>(oldest);
        inOrder.sort(Comparator.comparing(Old::since));
        long removed = 0;
        long removedBytes = 0;
        String problem = null;
        for (Old each : inOrder) {
            boolean tooOld = trusted && keep.age() != null && each.since.plus(keep.age()).isBefore(now);
            boolean tooMuch = bytes - removedBytes > keep.bytes()
                    || keep.bytes() != Long.MAX_VALUE && files - removed > mostFiles;
            if (!tooOld && !tooMuch || each.since.plus(YOUNGEST).isAfter(now) || Thread.currentThread().isInterrupted()) {
                break;
            }
            try {
                if (each.remover.remove()) {
                    removed++;
                    removedBytes += each.bytes;
                }
            } catch (NoSuchFileException e) {
                // A person was faster.
                continue;
            } catch (IOException e) {
                problem = problem == null ? FileErrors.text((Exception) e) : problem;
            }
        }
        return new Swept(removed, removedBytes, problem);
    }
}
