// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.FreePort;
import dev.gtmroutes.catalogue.DocBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fourth vendor, by one catalogue file and no Java: the one that docs/vendors.md shows, with the packaged program. */
class OwnVendorIT {

    private static final String KEY = "acme-key-55d1f0";
    private static final long RETRY_AFTER_SECONDS = 1;
    private static final List<String> CONTACTS = List.of("{\"id\":1,\"updated_at\":\"2026-11-24T10:00:00Z\"}",
            "{\"id\":2,\"updated_at\":\"2026-11-25T09:30:00.5Z\"}");

    @TempDir
    Path directory;

    private HttpServer server;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final AtomicLong limited = new AtomicLong();
    private final AtomicLong afterLimit = new AtomicLong();

    @BeforeEach
    void vendor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Limits the first write, refuses bad records, and repeats the key as some vendors do. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = String.valueOf(exchange.getRequestHeaders().getFirst("X-Acme-Key"));
            keys.add(key);
            int status = 200;
            boolean list = exchange.getRequestMethod().equals("GET")
                    && exchange.getRequestURI().getPath().equals("/v1/contacts");
            if (!key.equals(KEY)) {
                status = 401;
            } else if (list) {
                taken.add("GET " + exchange.getRequestURI());
            } else if (exchange.getRequestURI().getPath().equals("/v1/contacts") && limited.get() == 0) {
                status = 429;
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
                limited.set(System.nanoTime());
            } else if (body.contains("refused@")) {
                status = 422;
            } else {
                afterLimit.compareAndSet(0, System.nanoTime());
                taken.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            }
            byte[] answer = ("{\"message\":\"your key is " + key + "\"" + (list ? ",\"data\":" + CONTACTS : "") + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private Program program() throws IOException {
        Program program = Program.in(directory);
        try (Stream<Path> flows = Files.list(directory.resolve("routes/flows"))) {
            for (Path each : flows.toList()) {
                Files.delete(each);
            }
        }
        write("routes/catalogue/acme.yaml", DocBlock.named("vendor"));
        write("application.properties",
                "acme.api-key=" + KEY + "\nacme.europe.api-key=" + KEY + "\nacme.base-url=http://127.0.0.1:"
                        + server.getAddress().getPort() + "/v1\n");
        return program;
    }

    private Path write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private static String get(Program program, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + program.port() + path)).build(), BodyHandlers.ofString()).body();
    }

    private static String post(Program program, String path, String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + program.port() + path)).header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).body();
    }

    private void awaitTaken(String request) {
        await(request).atMost(Duration.ofSeconds(60)).until(() -> taken.contains(request));
    }

    @Test
    void oneCatalogueFileIsAVendor() throws Exception {
        try (Program program = program()) {
            write("routes/catalogue/acme.yaml", DocBlock.named("vendor") + DocBlock.named("list"));
            Program.Ended written = program.run("catalogue");
            write("routes/flows/contacts.yaml", DocBlock.named("flow"));
            write("routes/flows/acme-contacts.yaml", DocBlock.named("list flow"));
            Program.Ended valid = program.run("validate");

            assertThat(written.status()).as(written.out() + written.err()).isZero();
            assertThat(written.out().lines()).contains("acme: 4 Kamelets written, 0 unchanged");
            assertThat(valid.status()).as(valid.out() + valid.err()).isZero();
            assertThat(valid.out()).isEqualTo("2 files of flows and 4 Kamelets checked: no findings\n");

            program.start().awaitStarted();
            post(program, "/intake/contacts", "{\"email\":\"a@example.com\"}\n");
            awaitTaken("POST /v1/contacts {\"email\":\"a@example.com\"}");
            post(program, "/intake/contacts",
                    "{\"email\":\"b@example.com\"}\n{\"email\":\"refused@example.com\"}\n{\"name\":\"c\"}\n");
            awaitTaken("POST /v1/contacts {\"email\":\"b@example.com\"}");

            assertThat(Duration.ofNanos(afterLimit.get() - limited.get())).isGreaterThanOrEqualTo(
                    Duration.ofSeconds(RETRY_AFTER_SECONDS));
            assertThat(keys).allMatch(KEY::equals);
            assertThat(get(program, "/flows/new")).contains("acme-create-contact-sink", "Create Contact");
            assertThat(get(program, "/flows/new?template=acme-create-contact-sink")).contains("value=\"europe\"",
                    "europe (");
            assertThat(get(program, "/api/templates")).contains("acme-create-contact-sink");
            assertThat(get(program, "/credentials")).contains("acme-default", "acme-europe", "contacts");
            assertThat(get(program, "/api/credentials")).contains("acme.api-key");
            assertThat(post(program, "/api/credentials/acme/default/test", "")).contains("\"works\":true");
            assertThat(taken).contains("GET /v1/me ");

            await().atMost(Duration.ofSeconds(60)).until(() -> program.lines("data/acme-contacts").equals(CONTACTS));
            assertThat(taken).anyMatch(each -> each.startsWith("GET /v1/contacts?") && each.contains("sort=updated_at")
                    && each.contains("per_page=100"));

            liveEdit(program);

            await().atMost(Duration.ofSeconds(60)).until(() -> letters().size() == 2);
            program.terminate();
            assertThat(letters()).hasSize(2).anyMatch(each -> each.contains("refused@example.com") && each.contains("422"))
                    .anyMatch(each -> each.contains("email"));
            assertThat(program.output()).noneMatch(each -> each.contains(KEY));
            assertThat(dataWithKey()).isEmpty();
        }
    }

    /** An endpoint that is added while the program runs is a template at once. */
    private void liveEdit(Program program) throws Exception {
        write("routes/catalogue/acme.yaml", DocBlock.named("vendor") + DocBlock.named("endpoint")
                + DocBlock.named("list"));
        Program.Ended written = program.run("catalogue", "routes/catalogue/acme.yaml");
        assertThat(written.out().lines()).containsExactly(
                "written: routes/kamelets/acme/acme-update-contact-sink.kamelet.yaml",
                "acme: 1 Kamelets written, 4 unchanged");
        write("routes/flows/updates.yaml",
                DocBlock.named("flow").replace("contacts", "updates").replace("Contacts", "Updates")
                        .replace("acme-create-contact-sink", "acme-update-contact-sink"));
        await().atMost(Duration.ofSeconds(60)).until(() -> get(program, "/api/flows").contains("\"updates\""));
        post(program, "/intake/updates", "{\"id\":7,\"email\":\"d@example.com\"}\n");
        awaitTaken("PUT /v1/contacts/7 {\"email\":\"d@example.com\"}");
    }

    /** The sandbox stands in for three vendors. A vendor of one's own must not get records and credentials from the demo. */
    @Test
    void theDemoSendsNothingToAVendorOfOnesOwn() throws Exception {
        try (Program program = program()) {
            program.run("catalogue");
            write("routes/flows/contacts.yaml", DocBlock.named("flow"));
            write("application.properties", "acme.api-key=" + KEY + "\nacme.base-url=https://192.0.2.1/v1\n");
            write("data/demo/inbox/contacts/one.json", "{\"email\":\"a@example.com\"}");

            program.command("demo").env("GTM_SANDBOX_PORT", String.valueOf(FreePort.next())).start()
                    .awaitLine("not sent (the demo sends requests to this machine only. To send to 192.0.2.1, start the "
                            + "program without the command demo)");
        }
    }

    private List<String> letters() throws IOException {
        Path folder = directory.resolve("data/dead-letters");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> each.toString().endsWith(".ndjson")).flatMap(OwnVendorIT::lines).toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> dataWithKey() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            return files.filter(Files::isRegularFile).filter(each -> {
                try {
                    return new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains(KEY);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }).toList();
        }
    }

    @Test
    void aMistakeIsToldInOneLineAndAnOwnKameletStays() throws Exception {
        try (Program program = program()) {
            write("routes/catalogue/acme.yaml", DocBlock.named("vendor").replace("required: email", "requires: email"));
            Program.Ended wrong = program.run("catalogue");
            assertThat(directory.resolve("routes/kamelets")).doesNotExist();
            write("routes/catalogue/acme.yaml", DocBlock.named("vendor"));
            Path own = write("routes/kamelets/acme/acme-create-contact-sink.kamelet.yaml", "# mine\n");
            Program.Ended kept = program.run("catalogue");

            assertThat(wrong.status()).isEqualTo(1);
            assertThat(wrong.err().lines()).singleElement().asString().startsWith("routes/catalogue/acme.yaml:16: "
                    + "'requires' is not a key of endpoint create-contact. Allowed: title, description, request");
            assertThat(kept.status()).isEqualTo(1);
            assertThat(kept.err().lines()).singleElement().asString().startsWith(
                    "routes/kamelets/acme/acme-create-contact-sink.kamelet.yaml was not changed");
            assertThat(own).hasContent("# mine\n");
            assertThat(directory.resolve("routes/kamelets/acme/acme-api-action.kamelet.yaml")).exists();
        }
    }
}
