// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.disk.Disk;

/**
 * How far a bulk job is: a small document that is replaced as a whole. What must not happen twice is noted before it is
 * asked for, so that a program that was killed knows what it may have done.
 */
final class JobState {

    /** What is done next. */
    enum Phase {
        CREATE, UPLOAD, START, EXECUTE, RESULTS, OVER
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;
    private static final int TOKEN_CHARS = 12;

    private final Path file;
    private final Disk disk;

    Phase phase = Phase.CREATE;
    /** The name of the job at the vendor, which no other job has. */
    String name;
    String type;
    /** The id of the job at the vendor; empty until it is known. */
    String job = "";
    /** Records in the spool file. */
    int records;
    /** Whether the request of this phase may have been sent: to create the job, or to start it. */
    boolean asked;
    /** Records, from the first, that are in the job or have an outcome. */
    int sent;
    /** Records behind these that may be in the job, because a request with them may have been sent. */
    int sending;
    /** How many records the job has. */
    int inJob;
    /** The largest id of the job's data that is known. */
    long lastData;
    /** Jobs that were given up before they were started. */
    int abandoned;
    /** The largest id of the results that were read. */
    long lastResult;
    /** Whether results behind {@link #lastResult} may be in the dead letters already. */
    Instant settling;
    /** Records that have an outcome. */
    BitSet settled = new BitSet();
    int delivered;
    int rejected;
    int held;

    private JobState(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    /** One for a job that is to be made. */
    static JobState begin(Path file, Disk disk, String flow, String type, int records) {
        JobState state = new JobState(file, disk);
        state.type = type;
        state.records = records;
        state.rename(flow);
        return state;
    }

    /** From now on it is about another job. */
    void rename(String flow) {
        name = flow + " gtm-routes " + UUID.randomUUID().toString().replace("-", "").substring(0, TOKEN_CHARS);
    }

    /** @throws IOException if it cannot be read, or was not written by this program; the message is one line */
    static JobState read(Path file, Disk disk) throws IOException {
        JobState state = new JobState(file, disk);
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (json.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException("its version is " + json.path("version"));
            }
            state.phase = Phase.valueOf(json.path("phase").asText());
            state.name = json.path("name").asText();
            state.type = json.path("type").asText();
            state.job = json.path("job").asText();
            state.records = json.path("records").asInt();
            state.asked = json.path("asked").asBoolean();
            state.sent = json.path("sent").asInt();
            state.sending = json.path("sending").asInt();
            state.inJob = json.path("inJob").asInt();
            state.lastData = json.path("lastData").asLong();
            state.abandoned = json.path("abandoned").asInt();
            state.lastResult = json.path("lastResult").asLong();
            state.settling = json.hasNonNull("settling") ? Instant.parse(json.get("settling").asText()) : null;
            state.settled = BitSet.valueOf(json.path("settled").binaryValue());
            state.delivered = json.path("delivered").asInt();
            state.rejected = json.path("rejected").asInt();
            state.held = json.path("held").asInt();
            return state;
        } catch (RuntimeException e) {
            throw new IOException(file + " cannot be read: its content was not written by this program", e);
        }
    }

    /** Returns when it is on the disk. */
    void save() throws IOException {
        ObjectNode json = JSON.createObjectNode().put("version", VERSION).put("phase", phase.name()).put("name", name)
                .put("type", type).put("job", job).put("records", records).put("asked", asked).put("sent", sent)
                .put("sending", sending).put("inJob", inJob).put("lastData", lastData).put("abandoned", abandoned)
                .put("lastResult", lastResult).put("settling", settling == null ? null : settling.toString())
                .put("delivered", delivered).put("rejected", rejected).put("held", held)
                .put("settled", settled.toByteArray());
        disk.replace(file, JSON.writeValueAsBytes(json));
    }

    /** Another job takes the place of one that was not started. */
    void beginAgain(String flow) {
        rename(flow);
        phase = Phase.CREATE;
        job = "";
        asked = false;
        sent = 0;
        sending = 0;
        inJob = 0;
        lastData = 0;
        abandoned++;
    }

    /** For a person: which job. */
    String title() {
        return job.isEmpty() ? "bulk job '" + name + "'" : "bulk job " + job;
    }
}
