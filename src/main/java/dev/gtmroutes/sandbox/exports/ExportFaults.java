// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the export API says and keeps otherwise than it should, or otherwise than one of its two documents says. All methods
 * may be called from any thread.
 */
public final class ExportFaults {

    private boolean lastIndex;
    private String countName = "fragments";
    private boolean withoutSize;
    private long sizeError;
    private boolean marked;
    private boolean missing;
    private boolean onlyOther;

    /** Jobs say the index of their last fragment where they should say how many there are. */
    public synchronized ExportFaults lastIndex(boolean is) {
        lastIndex = is;
        return this;
    }

    /** What jobs call the number of their fragments: {@code fragment} or {@code fragments}. */
    public synchronized ExportFaults countName(String name) {
        countName = name;
        return this;
    }

    /** Jobs do not say how many bytes they have. */
    public synchronized ExportFaults withoutSize(boolean is) {
        withoutSize = is;
        return this;
    }

    /** Jobs say so many bytes more than they have; fewer if it is less than 0. */
    public synchronized ExportFaults sizeError(long bytes) {
        sizeError = bytes;
        return this;
    }

    /** Each download begins with a byte order mark, which no size counts. */
    public synchronized ExportFaults marked(boolean is) {
        marked = is;
        return this;
    }

    /** Completed jobs have no data: 404. */
    public synchronized ExportFaults missing(boolean is) {
        missing = is;
        return this;
    }

    /** Fragments are only at {@code /jobs/{id}/fragment?fragment=n}. */
    public synchronized ExportFaults onlyOther(boolean is) {
        onlyOther = is;
        return this;
    }

    synchronized boolean isMarked() {
        return marked;
    }

    /** Whether there is nothing at this address. @param other whether it is the other one of two */
    synchronized boolean isMissing(boolean other) {
        return missing || onlyOther && !other;
    }

    /** Makes a completed job say what it says. */
    synchronized ObjectNode say(ObjectNode job) {
        if (job.path("fragments").isInt()) {
            int count = job.path("fragments").asInt() - (lastIndex ? 1 : 0);
            job.remove("fragments");
            job.put(countName, count).put("results_size", job.path("results_size").asLong() + sizeError);
            if (withoutSize) {
                job.remove("results_size");
            }
        }
        return job;
    }
}
