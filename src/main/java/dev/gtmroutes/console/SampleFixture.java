package dev.gtmroutes.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.console.SampleRequests.Previewed;
import dev.gtmroutes.console.SampleRequests.Sample;
import dev.gtmroutes.delivery.SampleRequest;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.KameletDefinition;
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
                : "A sample can be kept where the template is a file under routes/kamelets; this one is a part of the "
                        + "program.";
    }

    private boolean isOnDisk(KameletDefinition kamelet) {
        return kamelet.path().toAbsolutePath().normalize().startsWith(routes);
    }

    /**
     * @return the file that it is in now
     * @throws RefusedSample if the template is none on the disk, or makes no requests of the records
     */
    Path save(Sample sample) throws RefusedSample, IOException {
        if (!whyNot(sample.template()).isEmpty()) {
            throw new RefusedSample("", whyNot(sample.template()));
        }
        Previewed preview = requests.preview(sample);
        TemplateSample file = new TemplateSample(flows.kamelets().find(sample.template()).orElseThrow());
        file.add(json(sample, preview));
        return file.file();
    }

    private static String json(Sample sample, Previewed preview) throws IOException {
        Map<String, String> settings = new TreeMap<>(sample.parameters());
        settings.values().removeIf(FlowForm.KEPT::equals);
        settings.remove("responseWebhook");
        StringBuilder json = new StringBuilder("{\"name\": ")
                .append(text("saved in the console, " + LocalDate.now(ZoneOffset.UTC)))
                .append(",\n   \"settings\": ").append(JSON.writeValueAsString(settings))
                .append(",\n   \"records\": [\n     ").append(sample.records().lines().map(String::strip)
                        .filter(each -> !each.isEmpty()).collect(Collectors.joining(",\n     "))).append("]")
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
