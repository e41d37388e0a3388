// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether nobody writes to a file any more. */
final class QuietPeriod {

    /** Names of files that are complete as soon as they can be seen. */
    static final String COMPLETE_PREFIX = "intake-";

    /** Files from the future beyond these wait their turn. */
    private static final int MOST = 10_000;

    private final Map<Path, Look> fromTheFuture = new ConcurrentHashMap<>();
    private volatile Duration time = Duration.ofSeconds(2);

    /** How long nobody may have written to a file. */
    void setTime(Duration time) {
        this.time = time;
    }

    boolean isQuiet(Path file, BasicFileAttributes now) {
        if (file.getFileName().toString().startsWith(COMPLETE_PREFIX)) {
            return true;
        }
        FileTime modified = now.lastModifiedTime();
        if (!modified.toInstant().isAfter(Instant.now())) {
            return !modified.toInstant().plus(time).isAfter(Instant.now());
        }
        // A clock is wrong, or was: the file's own time says nothing, so it is watched for as long.
        Look before = fromTheFuture.get(file);
        if (before == null && fromTheFuture.size() >= MOST) {
            return false;
        }
        if (before == null || before.size != now.size() || !before.modified.equals(modified)) {
            before = new Look(now.size(), modified, System.nanoTime());
            fromTheFuture.put(file, before);
        }
        return System.nanoTime() - before.at >= time.toNanos();
    }

    boolean has(Path file) {
        return fromTheFuture.containsKey(file);
    }

    /** Forgets files that are not there any more. */
    void keepOnly(Set<Path> present) {
        fromTheFuture.keySet().retainAll(present);
    }

    private record Look(long size, FileTime modified, long at) {
    }
}
