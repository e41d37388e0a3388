// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a browser: a file is put into a flow, after a look at its first records. */
@Tag("browser")
class ConsoleUploadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CSV = "external_id,subject\nupload-1,First\nupload-2,Second\n";

    private final Program program = DemoConsole.program();
    private final Browser browser = DemoConsole.browser();
    @TempDir
    private Path folder;

    private Browser open(String flow) throws IOException {
        DemoConsole.callFlow(flow, false);
        await().atMost(PATIENCE).until(() -> get("/api/flows/" + flow) == 200);
        return browser.open("/flows/" + flow).awaitText("Drop a CSV, NDJSON or JSON file here.");
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + program.port() + path);
    }

    private int get(String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<String> post(String path, byte[] body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address(path))
                .POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private void choose(String name, byte[] content) throws IOException {
        browser.driver().executeScript("document.getElementById('upload-file').classList.remove('visually-hidden')");
        browser.find("#upload-file").sendKeys(Files.write(folder.resolve(name), content).toString());
    }

    private List<String> inbox(String flow) throws IOException {
        return files(program.resolve("data/demo/inbox/" + flow)).filter(each -> !each.startsWith(".")).toList();
    }

    private List<String> staged(String flow) throws IOException {
        return files(program.resolve("data/demo/inbox/" + flow + "/.upload")).toList();
    }

    private static Stream<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList().stream();
        }
    }

    @Test
    void itsFirstRecordsAreSeenBeforeTheFlowTakesIt() throws Exception {
        open("upload-a");
        choose("Missed calls.csv", CSV.getBytes(StandardCharsets.UTF_8));
        browser.awaitText("2 records found.").awaitText("Second");
        assertThat(inbox("upload-a")).isEmpty();
        browser.check("upload");
        browser.press("Send 2 records").awaitText("2 records queued in upload-a, file Missed-calls.csv.");
        browser.awaitText("0 of 2 records").awaitText("When the flow is activated");
        assertThat(inbox("upload-a")).containsExactly("Missed-calls.csv");
        assertThat(Files.readString(program.resolve("data/demo/inbox/upload-a/Missed-calls.csv"))).isEqualTo(CSV);
        assertThat(staged("upload-a")).isEmpty();
        browser.open("/audit").awaitText("uploaded");

        // The same name again is another file.
        browser.open("/flows/upload-a").awaitText("Drop a CSV");
        choose("Missed calls.csv", CSV.getBytes(StandardCharsets.UTF_8));
        browser.press("Send 2 records").awaitText("file Missed-calls-2.csv.");
        assertThat(inbox("upload-a")).containsExactly("Missed-calls-2.csv", "Missed-calls.csv");
    }

    @Test
    void whatIsNotSentGoes() throws Exception {
        open("upload-b");
        choose("calls.csv", CSV.getBytes(StandardCharsets.UTF_8));
        browser.awaitText("2 records found.").press("Cancel");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(staged("upload-b")).isEmpty());
        assertThat(inbox("upload-b")).isEmpty();
    }

    @Test
    void mistakesAreSaidInWords() throws Exception {
        open("upload-c");
        choose("words.json", "hello".getBytes(StandardCharsets.UTF_8));
        browser.awaitText("The file contains no records");
        assertThat(browser.text()).doesNotContain("Exception");
        browser.press("Cancel");
        choose("latin.ndjson", "{\"subject\": \"é\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        browser.awaitText("UTF-8").press("Cancel");
        choose("mixed.ndjson", "{\"subject\": \"a\"}\nnothing\n".getBytes(StandardCharsets.UTF_8));
        browser.awaitText("1 of 2 records cannot be sent").press("Cancel");
        assertThat(inbox("upload-c")).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(staged("upload-c")).isEmpty());
    }

    @Test
    void aFileIsDropped() throws Exception {
        open("upload-d");
        browser.driver().executeScript("""
                const data = new DataTransfer();
                data.items.add(new File([arguments[0]], "dropped.csv", {type: "text/csv"}));
                for (const type of ["dragover", "drop"]) {
                  document.getElementById("drop").dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true}));
                }
                """, CSV);
        browser.press("Send 2 records").awaitText("file dropped.csv.");
        assertThat(inbox("upload-d")).containsExactly("dropped.csv");
    }

    @Test
    void onlyAFlowWithAnInboxTakesOne() throws Exception {
        assertThat(post("/flows/nothing/upload?name=a.csv", CSV.getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(404);
        open("upload-e");
        // Larger than what else is sent to the console, so it is not kept in the memory.
        byte[] large = ("{\"subject\": \"" + "x".repeat(1000) + "\"}\n").repeat(20_000).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = post("/flows/upload-e/upload?name=large.ndjson", large);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("data-records=\"20000\"");
        HttpRequest foreign = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port()
                + "/flows/upload-e/upload?name=a.csv")).header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString(CSV)).build();
        assertThat(HttpClient.newHttpClient().send(foreign, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
    }
}
