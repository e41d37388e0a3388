// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.inbox.Backlog;
import dev.gtmroutes.inbox.UnfinishedNames;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the records of a sample come from: the inbox of the flow, which keeps them, a sample, or a person. */
@Singleton
public class SampleSource {

    /** The oldest file that waits in the inbox of the flow. */
    public static final String INBOX = "inbox";
    /** The sample of the flow. */
    public static final String FLOW = "flow";
    /** The sample that comes with the template. */
    public static final String TEMPLATE = "template";
    /** What somebody has written or changed. */
    public static final String PASTED = "pasted";

    private static final int MOST_RECORDS = 100;
    private static final int MOST_BYTES = 200_000;

    /**
     * Records of a sample.
     *
     * @param choice {@link #INBOX}, {@link #FLOW}, {@link #TEMPLATE} or {@link #PASTED}
     * @param about  where they are from, or why there are none, for a person
     * @param text   the records as they would lie in the inbox; empty if there are none
     */
    public record Records(String choice, String about, String text) {

        /** The beginning of the text, for a person. */
        public TruncatedText shown() {
            return TruncatedText.of(text);
        }
    }

    private final FlowFiles files;
    private final FlowSample own;
    private final Backlog backlog;

    SampleSource(FlowFiles files, FlowSample own, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.inbox.unfinished") Optional<String> unfinished) {
        this.files = files;
        this.own = own;
        this.backlog = new Backlog(data.resolve("inbox"), new UnfinishedNames(unfinished.orElse("")));
    }

    /** What somebody sees who may try nothing. */
    public static Records none() {
        return new Records(TEMPLATE, "", "");
    }

    /**
     * @param choice what is wanted; empty for the inbox if something waits there, otherwise for a sample
     * @param flow   whose inbox; that of a flow there is not is empty
     * @param pasted what somebody has written
     * @param cells  what cells of CSV become in this flow
     */
    public Records of(String choice, String flow, String template, String pasted, CsvCells cells) {
        if (choice.equals(PASTED)) {
            return new Records(PASTED, pasted.isEmpty() ? "enter records above" : "that you entered", pasted);
        }
        boolean mayWait = choice.isEmpty() || choice.equals(INBOX);
        Optional<Path> waiting = mayWait && files.find(flow).isPresent() ? backlog.oldest(flow) : Optional.empty();
        if (waiting.isPresent()) {
            Path file = waiting.get();
            return new Records(INBOX, "from " + file.getFileName() + ", which remains in the inbox",
                    lines(file, file.getFileName().toString(), cells));
        }
        if (choice.equals(INBOX)) {
            return new Records(INBOX, "the inbox is empty", "");
        }
        Optional<byte[]> sample = choice.equals(TEMPLATE) ? Optional.empty() : own.records(flow);
        if (sample.isPresent() || choice.equals(FLOW)) {
            return new Records(FLOW, sample.isPresent() ? "from the sample of the flow" : "this flow has no sample",
                    sample.map(each -> lines(each, "sample.json", cells)).orElse(""));
        }
        return files.kamelets().find(template).map(TemplateSample::new).flatMap(TemplateSample::records)
                .map(each -> new Records(TEMPLATE, "from the sample of the template", lines(each, "sample.json", cells)))
                .orElse(new Records(TEMPLATE, template.isEmpty() ? "no template is chosen"
                        : "this template has no sample", ""));
    }

    /** The first records, one in a line each. A line break in JSON is white space: a blank in its place loses nothing. */
    private static String lines(Object body, String name, CsvCells cells) {
        StringBuilder lines = new StringBuilder();
        try (RecordReader reader = RecordReader.open(body, name, null, RecordSize.DEFAULT, cells)) {
            for (int i = 0; i < MOST_RECORDS && reader.hasNext(); i++) {
                SourceRecord each = reader.next();
                if (lines.length() + each.bytes().length > MOST_BYTES) {
                    break;
                }
                lines.append(line(each)).append('\n');
            }
        } catch (NotRecordsException | IOException | UncheckedIOException e) {
            // It was finished just now, or holds no records, which its flow tells.
            return lines.toString();
        }
        return lines.toString();
    }

    static String line(SourceRecord record) {
        return new String(record.bytes(), StandardCharsets.UTF_8).replaceAll("[\r\n]", " ");
    }
}
