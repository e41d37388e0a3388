// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an upgrade, no page works with the scripts and styles of the version before. */
class StaticFilesIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private static HttpResponse<String> get(Program program, String path, String since)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path));
        return CLIENT.send((since.isEmpty() ? request : request.header("If-Modified-Since", since)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void filesWithoutAVersionInTheirNamesAreAskedForAgain() throws Exception {
        try (Program program = Program.in(directory)) {
            program.start().awaitStarted();
            HttpResponse<String> first = get(program, "/console.css", "");
            assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
            String modified = first.headers().firstValue("Last-Modified").orElseThrow();
            assertThat(get(program, "/console.css", modified).statusCode()).isEqualTo(304);
            assertThat(get(program, "/webjars/htmx.org/2.0.7/dist/htmx.min.js", "").headers().firstValue("Cache-Control")
                    .orElseThrow()).contains("max-age=86400");
        }
    }
}
