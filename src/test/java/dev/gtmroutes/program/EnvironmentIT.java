// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.gtmroutes.SmallDisk;
import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program as a container starts it: with nothing but environment variables. */
class EnvironmentIT {

    private static final String KEY = "environment-key-5d1f";
    private static final String SECRET = "broker-secret-8a6c";
    private static final String TRACE = "^\\s+at .*|.*(Caused by:|Exception in thread).*";

    @TempDir
    Path directory;

    @Test
    void aBrokerThatRequiresTlsAndAPasswordIsReached() throws Exception {
        Path keys = Files.createDirectories(directory.resolve("keys"));
        PrivateAuthority authority = new PrivateAuthority(keys);
        authority.keytool("-importcert", "-noprompt", "-keystore", "trust.p12", "-alias", "authority", "-file",
                "authority.pem");
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Broker broker = Broker.secured(keys.resolve("server.p12"), PrivateAuthority.PASSWORD, SECRET);
                Program program = Program.in(directory.resolve("program"))) {
            broker.createTopic("secured", 1);
            broker.send(
                    IntStream.range(0, 6).mapToObj(n -> new ProducerRecord<String, String>("secured", "{\"n\":" + n + "}"))
                            .toList());
            Files.writeString(directory.resolve("program/routes/flows/secured.yaml"), """
                    - route:
                        id: secured
                        from:
                          uri: kamelet:kafka-records-source
                          parameters: {flow: secured, topic: secured}
                          steps:
                            - to: kamelet:people-ai-push-batch-call-activities-sink
                    """);
            program.env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))
                    .env("PEOPLE_AI_RATE_LIMIT", "none").env("GTM_KAFKA_BROKERS", broker.securedAddress())
                    .env("CAMEL_KAMELET_PEOPLE_AI_PUSH_BATCH_CALL_ACTIVITIES_SINK_BATCHSIZE", "2")
                    .env("CAMEL_COMPONENT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
                    .env("CAMEL_COMPONENT_KAFKA_SASL_MECHANISM", "PLAIN")
                    .env("CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG", "org.apache.kafka.common.security.plain.PlainLoginModule "
                            + "required username=\"gtm\" password=\"" + SECRET + "\";")
                    .env("CAMEL_COMPONENT_KAFKA_SSL_TRUSTSTORE_LOCATION", keys.resolve("trust.p12").toString())
                    .env("CAMEL_COMPONENT_KAFKA_SSL_TRUSTSTORE_PASSWORD", PrivateAuthority.PASSWORD)
                    .env("CAMEL_COMPONENT_KAFKA_SSL_TRUSTSTORE_TYPE", "PKCS12");
            program.start().awaitStarted();

            await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.summary().accepted() == 6);
            assertThat(sandbox.requests()).extracting(RecordedRequest::records).allMatch(records -> records <= 2);
            assertThat(program.output()).noneMatch(each -> each.contains(SECRET)).noneMatch(each -> each.matches(TRACE));
        }
    }

    @ParameterizedTest
    @CsvSource({"CAMEL_COMPONENT_KAFKA_DELIVERY_TIMEOUT_MS, abc, camel.component.kafka.delivery-timeout-ms",
            "CAMEL_COMPONENT_KAFKA_SECURITY_PROTOCAL, SSL, camel.component.kafka.security-protocal",
            "QUARKUS_HTTP_PORT, abc, quarkus.http.port", "GTM_INTAKE_MAX_BYTES, lots, gtm.intake.max-bytes",
            "GTM_INTAKE_QUIET, soon, gtm.intake.quiet", "GTM_MAX_RECORD_BYTES, 1, gtm.max-record-bytes",
            "GTM_SANDBOX_ENABLED, perhaps, gtm.sandbox.enabled", "GTM_INSTANCES, none, gtm.instances",
            "GTM_RETRY_MAX_DELAY, later, gtm.retry-max-delay", "GTM_KEEP_DONE, long, gtm.keep-done"})
    void aWrongValueEndsTheStartInOneLine(String variable, String value, String setting) throws Exception {
        try (Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env(variable, value)) {
            program.start();

            assertThat(program.awaitExit()).isNotZero();
            List<String> output = program.output();
            assertThat(output).filteredOn(each -> each.contains("Not started")).singleElement().asString().contains(setting);
            assertThat(output).noneMatch(each -> each.matches(TRACE));
        }
    }

    @Test
    void onAReadOnlyDirectoryOfFlowsTheConsoleSaysSo() throws Exception {
        try (Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)) {
            Path flows = directory.resolve("routes/flows");
            String calls = Files.readString(flows.resolve("calls.yaml"));
            try (SmallDisk disk = SmallDisk.at(flows)) {
                Files.writeString(flows.resolve("calls.yaml"), calls);
                disk.makeReadOnly();
                program.start().awaitStarted();

                assertThat(answer(program, "GET", "/flows", "").body()).contains("is read-only for the program");
                assertThat(answer(program, "GET", "/flows/new", "").body()).contains("is read-only for the program");
                HttpResponse<String> saved = answer(program, "PUT", "/api/flows/calls", calls + "# more\n");
                assertThat(saved.statusCode()).isEqualTo(409);
                assertThat(saved.body()).contains("is read-only for the program", "ConfigMap");
                HttpResponse<String> deleted = answer(program, "POST", "/flows/calls/delete", "");
                assertThat(deleted.statusCode()).isEqualTo(409);
                assertThat(deleted.body()).contains("is read-only for the program");
                assertThat(answer(program, "POST", "/api/flows/calls/pause", "").statusCode()).isEqualTo(200);
                assertThat(program.output()).noneMatch(each -> each.matches(TRACE));
            }
        }
    }

    private static HttpResponse<String> answer(Program program, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Content-Type", path.startsWith("/api/") ? "application/yaml" : "application/x-www-form-urlencoded")
                .method(method, BodyPublishers.ofString(body)).build();
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request, BodyHandlers.ofString());
    }
}
