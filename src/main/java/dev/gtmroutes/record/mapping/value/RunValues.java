// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

import dev.gtmroutes.record.SourceRecord;

/** What a mapping takes from the run and not from the record. For any number of threads. */
public final class RunValues {

    /** Of no input. */
    public static final RunValues NONE = new RunValues("", false);

    private final String file;
    private final boolean sample;

    private RunValues(String file, boolean sample) {
        this.file = Objects.requireNonNullElse(file, "");
        this.sample = sample;
    }

    /** @param file the name of the input, such as that of its file */
    public static RunValues of(String file) {
        return new RunValues(file, false);
    }

    /**
     * Those of a preview: the same records make the same requests within an hour, so that a person can send what they have
     * seen.
     */
    public static RunValues ofSample(String file) {
        return new RunValues(file, true);
    }

    public String file() {
        return file;
    }

    public Instant now() {
        return sample ? Instant.now().truncatedTo(ChronoUnit.HOURS) : Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    public UUID uuid(SourceRecord record) {
        return sample ? UUID.nameUUIDFromBytes(record.bytes()) : UUID.randomUUID();
    }
}
