// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Requests that are filled with records of several files ({@code batchTimeout}), and by groups ({@code groupBy}). */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class AcrossChunksTest {

    TestDestination destination;
    DataDirectory data;

    private static String lines(String test, String region, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "{\"test\":\"" + test + "\",\"region\":\"" + region + "\",\"n\":" + i + "}\n")
                .collect(Collectors.joining());
    }

    @Test
    void recordsOfSeveralFilesShareARequestAndEachFileWaitsForItsOwn() {
        data.drop("across", "across-1.ndjson", lines("across", "eu", 1, 40));
        data.drop("across", "across-2.ndjson", lines("across", "eu", 41, 80) + lines("across", "us", 81, 90));
        data.drop("across", "across-3.ndjson", lines("across", "eu", 91, 130));
        data.awaitDone("across", "across-1.ndjson");
        data.awaitDone("across", "across-2.ndjson");
        data.awaitDone("across", "across-3.ndjson");

        assertThat(destination.accepted("across").stream().map(each -> each.path("n").asInt()).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 130).boxed().toList());
        // How many files a request holds depends on when it is time to send it; that it holds more than one does not.
        assertThat(destination.requests("across")).hasSizeLessThan(130 / 10)
                .anySatisfy(each -> assertThat(each.records()).isGreaterThan(40));
        assertThat(destination.requests("across")).allSatisfy(each -> assertThat(TestDestination.text(each))
                .satisfiesAnyOf(body -> assertThat(body).doesNotContain("\"eu\""),
                        body -> assertThat(body).doesNotContain("\"us\"")));
    }
}
