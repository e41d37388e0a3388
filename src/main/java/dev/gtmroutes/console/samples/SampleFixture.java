// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.StringJoiner;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.console.samples.SampleRequests.Previewed;
import dev.gtmroutes.console.samples.SampleRequests.Sample;
import dev.gtmroutes.delivery.sample.SampleRequest;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps sample records, and what is made of them, as the sample of a template. */
@Singleton
public class SampleFixture {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Flows flows;
    private final SampleRequests requests;
    private final Path routes;

    SampleFixture(Flows flows, SampleRequests requests, @ConfigProperty(name = "gtm.routes") Path routes) {
        this.flows = flows;
        this.requests = requests;
        this.routes = routes.toAbsolutePath().normalize();
    }

    /** Why a sample of this template cannot be kept; empty if it can. */
    String whyNot(String template) {
        return flows.kamelets().find(template).filter(this::isOnDisk).isPresent() ? ""
                : "This template is part of the program. Samples can be saved only for templates in routes/kamelets.";
    }

    private boolean isOnDisk(KameletDefinition kamelet) {
        return kamelet.path().toAbsolutePath().normalize().startsWith(routes);
    }

    /**
     * @param seen the digest of the requests that somebody has seen
     * @return the file that it is in now
     * @throws RefusedSample if the template is none on the disk, or makes no requests of the records, or others
     */
    Path save(Sample sample, String seen) throws RefusedSample, IOException {
        if (!whyNot(sample.template()).isEmpty()) {
            throw new RefusedSample("", whyNot(sample.template()));
        }
        Previewed preview = requests.preview(sample);
        preview.check(seen);
        KameletDefinition template = flows.kamelets().find(sample.template()).orElseThrow();
        TemplateSample file = new TemplateSample(template);
        file.add(json(sample, template, preview));
        return file.file();
    }

    /** Neither passwords nor headers of requests are kept: the one and the other may hold what nobody may see. */
    private static Map<String, String> settings(Sample sample, KameletDefinition template) {
        Map<String, String> settings = new SampleParameters(template).shown(sample.parameters());
        template.parameters().stream().filter(Parameter::isPassword).forEach(each -> settings.remove(each.name()));
        settings.remove("requestHeaders");
        return settings;
    }

    private static String records(Sample sample) throws RefusedSample, IOException {
        StringJoiner records = new StringJoiner(",\n     ");
        byte[] text = sample.records().getBytes(StandardCharsets.UTF_8);
        try (RecordReader reader = RecordReader.open(text, "records", null)) {
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

    private static String json(Sample sample, KameletDefinition template, Previewed preview)
            throws RefusedSample, IOException {
        StringBuilder json = new StringBuilder("{\"name\": ")
                .append(text("saved in the console, " + LocalDate.now(ZoneOffset.UTC)))
                .append(",\n   \"settings\": ").append(JSON.writeValueAsString(settings(sample, template)))
                .append(",\n   \"records\": [\n     ").append(records(sample)).append("]")
                .append(",\n   \"requests\": [");
        String separator = "\n     ";
        for (SampleRequest each : preview.requests()) {
            json.append(separator).append(json(each));
            separator = ",\n     ";
        }
        json.append("]}");
        JSON.readTree(json.toString());
        return json.toString();
    }

    private static String json(SampleRequest request) throws IOException {
        String base = request.way() == null ? "" : request.way().baseUrl();
        String body = new String(request.body(), StandardCharsets.UTF_8);
        String type = request.headers().getOrDefault("Content-Type", "");
        String ending = body.isEmpty() ? ""
                : type.contains("json") ? ", \"body\": " + body : ", \"text\": " + text(body);
        return "{\"method\": " + text(request.method()) + ", \"path\": " + text(request.url().substring(base.length()))
                + ending + "}";
    }

    private static String text(String text) throws IOException {
        return JSON.writeValueAsString(text);
    }
}
