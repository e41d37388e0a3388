// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.gtmroutes.sandbox.server.Streamed;

/** How downloads of exported data go. All methods may be called from any thread. */
public final class Downloads {

    /** Any fragment, or the download of all of them. */
    public static final int ANY = -1;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final long PART = 20L * 1024 * 1024;

    private final List<Break> breaks = new ArrayList<>();
    private final List<Break> shortened = new ArrayList<>();
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

    /**
     * Leaves records out of the next downloads, without a word: what comes is well-formed and shorter.
     *
     * @param times    how many downloads
     * @param fragment of which fragment, from 0; {@link #ANY} for any
     * @param share    of the records that come, 0 to 1
     */
    public synchronized Downloads shortenNext(int times, int fragment, double share) {
        if (times < 1 || fragment < ANY || !(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "a shortened download requires times of 1 or more, a fragment of 0 or more, and a share of 0 or more "
                            + "and less than 1");
        }
        for (int i = 0; i < times; i++) {
            shortened.add(new Break(fragment, share));
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

    /** @param fragment {@link #ANY} = all of them @param marked whether a byte order mark comes first */
    synchronized Streamed stream(SimulatedExportJob job, int fragment, boolean marked) {
        double share = take(shortened, fragment);
        Iterator<byte[]> lines = fragment == ANY ? job.lines() : job.lines(fragment);
        long length = fragment == ANY ? job.size() : job.size(fragment);
        if (share >= 0) {
            long records = (long) (length / job.recordBytes() * share);
            length = records * job.recordBytes();
            lines = StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, 0), false).limit(records).iterator();
        }
        if (marked) {
            length += MARK.length;
            lines = Stream
                    .concat(Stream.of(MARK), StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, 0), false))
                    .iterator();
        }
        long parts = (job.size() + PART - 1) / PART;
        double cut = take(breaks, fragment);
        return new Streamed(lines, length, cut < 0 ? -1 : (long) (length * cut), bytesPerSecond,
                Math.max(1, parts) * timePerPart.toMillis());
    }

    /** @return the share of the first one that is for this fragment, which is used up by that; -1 for none */
    private static double take(List<Break> from, int fragment) {
        for (Iterator<Break> each = from.iterator(); each.hasNext();) {
            Break next = each.next();
            if (next.fragment == ANY || next.fragment == fragment) {
                each.remove();
                return next.share;
            }
        }
        return -1;
    }

    private record Break(int fragment, double share) {
    }
}
