// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;

import dev.gtmroutes.console.samples.SampleRequests.Sample;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.trust.ConsoleLimits;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import jakarta.inject.Singleton;

/** The sample of a flow: records in a file beside its own, such as {@code calls.sample.json}. */
@Singleton
public class FlowSample {

    private final FlowFiles files;
    private final SampleRequests requests;
    private final Disk disk = new Disk();

    FlowSample(FlowFiles files, SampleRequests requests) {
        this.files = files;
        this.requests = requests;
    }

    /** Where the sample of a flow lies, or would; empty if there is no such flow. */
    Optional<Path> file(String flow) {
        return files.find(flow).map(StoredFlow::path).map(SampleFiles::beside);
    }

    /** The sample of a flow as bytes; empty if it has none that can be read. */
    Optional<byte[]> records(String flow) {
        try {
            Optional<Path> file = file(flow).filter(Files::isRegularFile);
            return file.isEmpty() ? Optional.empty() : Optional.of(Files.readAllBytes(file.get()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Why no sample of this flow can be saved; empty if one can. */
    String whyNot(String flow) {
        return !files.mayEdit()
                ? "The console cannot change files here, because the setting " + ConsoleLimits.MODE + " is none."
                : files.readOnly().orElse(file(flow).isPresent() ? ""
                        : "To save these records as the sample of the flow, save the flow first.");
    }

    /**
     * Saves records as the sample of a flow, in the place of the one before.
     *
     * @param seen the digest of the requests that a person has seen
     * @return the file that the records are in now
     * @throws RefusedSample if there is no such flow, or the records are not those that were seen
     */
    Path save(String flow, Sample sample, String seen) throws RefusedSample, IOException {
        if (!whyNot(flow).isEmpty()) {
            throw new RefusedSample("", whyNot(flow));
        }
        requests.preview(sample).check(seen);
        Path file = file(flow).orElseThrow();
        byte[] records = records(sample).getBytes(StandardCharsets.UTF_8);
        try {
            disk.replace(file, records);
        } catch (IOException e) {
            throw new RefusedSample("", file + " cannot be written: " + FileErrors.text(e));
        }
        return file;
    }

    private static String records(Sample sample) throws RefusedSample, IOException {
        StringJoiner records = new StringJoiner(",\n ", "[", "]\n");
        byte[] text = sample.records().getBytes(StandardCharsets.UTF_8);
        try (RecordReader reader = RecordReader.open(text, "records", null, RecordSize.DEFAULT, sample.cells())) {
            while (reader.hasNext()) {
                SourceRecord each = reader.next();
                if (!each.wellFormed()) {
                    throw new RefusedSample(SampleRequests.RECORDS,
                            "the record in line " + each.line() + " is not valid: " + each.problem());
                }
                records.add(SampleSource.line(each));
            }
        } catch (NotRecordsException e) {
            throw new RefusedSample(SampleRequests.RECORDS, e.getMessage());
        }
        return records.toString();
    }
}
