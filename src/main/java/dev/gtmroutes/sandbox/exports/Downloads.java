// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import dev.gtmroutes.sandbox.server.Streamed;

/** How downloads of exported data go. All methods may be called from any thread. */
public final class Downloads {

    /** Any fragment, or the download of all of them. */
    public static final int ANY = -1;

    private static final long PART = 20L * 1024 * 1024;

    private final List<Break> breaks = new ArrayList<>();
    private long bytesPerSecond;
    private Duration timePerPart = Duration.ofSeconds(60);

    /**
     * Breaks off the next downloads: the connection is closed after a part of the body.
     *
     * @param times    how many
     * @param fragment of which fragment, from 0; {@link #ANY} for any
     * @param share    of the body that is sent before, 0 to 1
     */
    public synchronized Downloads breakNext(int times, int fragment, double share) {
        if (times < 1 || fragment < ANY || !(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "a break requires times of 1 or more, a fragment of 0 or more, and a share of 0 or more and less than "
                            + "1");
        }
        for (int i = 0; i < times; i++) {
            breaks.add(new Break(fragment, share));
        }
        return this;
    }

    /** How fast each download is at most; 0, as at the start, for as fast as it is read. */
    public synchronized Downloads bytesPerSecond(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a download cannot be slower than 0 bytes per second");
        }
        bytesPerSecond = bytes;
        return this;
    }

    /** How long a download may take for each 20 MB of its job's result, a minute by default; then it is broken off. */
    public synchronized Downloads timeLimit(Duration per20Megabytes) {
        if (per20Megabytes.toMillis() < 1) {
            throw new IllegalArgumentException("a download requires at least 1 ms per 20 MB");
        }
        timePerPart = per20Megabytes;
        return this;
    }

    /** @param fragment {@link #ANY} = all of them */
    synchronized Streamed stream(SimulatedExportJob job, int fragment) {
        long length = fragment == ANY ? job.size() : job.size(fragment);
        long parts = (job.size() + PART - 1) / PART;
        return new Streamed(fragment == ANY ? job.lines() : job.lines(fragment), length, cutAt(fragment, length),
                bytesPerSecond, Math.max(1, parts) * timePerPart.toMillis());
    }

    private long cutAt(int fragment, long length) {
        for (Iterator<Break> each = breaks.iterator(); each.hasNext();) {
            Break next = each.next();
            if (next.fragment == ANY || next.fragment == fragment) {
                each.remove();
                return (long) (length * next.share);
            }
        }
        return -1;
    }

    private record Break(int fragment, double share) {
    }
}
