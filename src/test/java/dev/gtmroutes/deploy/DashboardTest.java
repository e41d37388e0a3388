// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.console.Watcher;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What deploy/grafana.json asks Prometheus for is there, under these names, in a program that delivers. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class DashboardTest {

    private static final Path DASHBOARD = Path.of("deploy/grafana.json");
    private static final Pattern METRIC = Pattern.compile("\\b((?:gtm|jvm|process)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
    private static final Pattern FAMILY = Pattern.compile("# TYPE (gtm_\\w+) ");
    /** Prometheus itself adds it. */
    private static final String INSTANCE = "instance";

    @TestHTTPResource("/")
    URI program;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    DataDirectory data;
    private String metrics;

    @BeforeEach
    void watchAProgramThatDelivers() {
        Watcher watcher = new Watcher(program, management);
        data.deliver("charted", "charted.ndjson", "{\"test\":\"charted\"}\nbroken\n");
        // Its credential is refused, so all its days are left.
        await().atMost(Duration.ofSeconds(40)).until(() -> watcher.metric("gtm_export_days_left") == 2
                && watcher.metric("gtm_response_events_delivered_total", "flow=\"charted\"") > 0);
        metrics = watcher.metrics();
    }

    @Test
    void eachMetricAndLabelThatItNamesIsServed() throws IOException {
        List<String> expressions = expressions();

        assertThat(metrics).containsPattern("gtm_dead_letters\\{flow=\"charted\",state=\"rejected\",?\\} [1-9]");
        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(expressions).allSatisfy(each -> assertThat(missing(each)).as(each).isEmpty());
    }

    @Test
    void aNameThatIsNotServedIsFound() {
        assertThat(missing("rate(gtm_records_deliverd_total[1m])")).containsExactly("gtm_records_deliverd_total");
        assertThat(missing("sum by (flow, template) (gtm_dead_letters{stat=\"held\"})"))
                .containsExactly("gtm_dead_letters stat", "gtm_dead_letters template");
    }

    @Test
    void allMetricsOfTheProgramAreOnIt() throws IOException {
        String dashboard = Files.readString(DASHBOARD);
        List<String> families = FAMILY.matcher(metrics).results().map(each -> each.group(1)).toList();

        assertThat(families).hasSizeGreaterThan(15);
        assertThat(families).allSatisfy(each -> assertThat(dashboard).contains(each));
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : TestDestination.json(Files.readString(DASHBOARD)).path("panels")) {
            panel.path("targets").forEach(each -> expressions.add(each.path("expr").asText()));
        }
        return expressions;
    }

    /** @return names of metrics, and of labels behind those of their metrics */
    private TreeSet<String> missing(String expression) {
        List<String> grouped = GROUPED.matcher(expression).results()
                .flatMap(each -> Stream.of(each.group(1).split(", *"))).filter(each -> !each.equals(INSTANCE)).toList();
        TreeSet<String> missing = new TreeSet<>();
        METRIC.matcher(expression).results().forEach(each -> {
            List<String> samples = samples(each.group(1));
            if (samples.isEmpty()) {
                missing.add(each.group(1));
            } else {
                Stream.concat(labels(each), grouped.stream())
                        .filter(label -> samples.stream().noneMatch(sample -> sample.contains(label + "=\"")))
                        .forEach(label -> missing.add(each.group(1) + " " + label));
            }
        });
        return missing;
    }

    private static Stream<String> labels(MatchResult metric) {
        return metric.group(2) == null ? Stream.empty()
                : LABEL.matcher(metric.group(2)).results().map(each -> each.group(1));
    }

    private List<String> samples(String metric) {
        return metrics.lines().filter(each -> each.startsWith(metric + "{") || each.startsWith(metric + " ")).toList();
    }
}
