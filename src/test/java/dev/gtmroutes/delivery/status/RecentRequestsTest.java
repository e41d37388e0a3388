// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/** What is remembered of requests for who watches: the last ones, and their numbers in the last hour. */
class RecentRequestsTest {

    private final RecentRequests recent = new RecentRequests(8, text -> text.replace("s3cret", "***"));

    private void add() {
        recent.add(request("flow", true), () -> details(1));
    }

    private static RecentRequest request(String flow, boolean delivered) {
        return new RecentRequest(0, Instant.now(), flow, "template", new RecentRequest.Call("", "PUT", "/calls"),
                delivered ? 200 : 422, "", 1, 1, 7, new RequestResult(delivered ? 1 : 0, delivered ? 0 : 1, 0, 0, null, 0),
                new RequestAttempts());
    }

    private static RequestDetails details(int bytes) {
        return new RequestDetails(Map.of(), BodyHead.of(new byte[bytes], bytes), Map.of(), BodyHead.NONE, List.of());
    }

    private List<Long> numbers(long after) {
        return recent.after(after).stream().map(RecentRequest::number).toList();
    }

    @Test
    void onlyTheLastOnesAreRemembered() {
        assertThat(numbers(0)).isEmpty();
        LongStream.rangeClosed(1, 1234).forEach(each -> add());

        assertThat(numbers(0)).isEqualTo(LongStream.rangeClosed(735, 1234).boxed().toList());
        assertThat(numbers(1232)).containsExactly(1233L, 1234L);
        assertThat(numbers(1234)).isEmpty();
        assertThat(numbers(99_999)).as("a number of a program that ran before").hasSize(500);
    }

    @Test
    void whoFollowsMissesNoneWhileManySend() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> LongStream.range(0, 100).forEach(each -> add()));
        }
        threads.shutdown();
        List<Long> seen = new ArrayList<>();
        boolean over = false;
        while (!over) {
            over = threads.awaitTermination(1, TimeUnit.MILLISECONDS);
            seen.addAll(numbers(seen.isEmpty() ? 0 : seen.get(seen.size() - 1)));
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
    }

    @Test
    void aBusyFlowPushesOutNoDetailsOfOthers() {
        recent.add(request("quiet", false), () -> details(10));
        LongStream.rangeClosed(1, 30).forEach(each -> recent.add(request("busy", false), () -> details(10)));
        LongStream.rangeClosed(1, 1000).forEach(each -> recent.add(request("busy", true), () -> details(10)));

        assertThat(recent.after(0)).noneMatch(each -> each.flow().equals("quiet"));
        assertThat(recent.of("quiet")).extracting(RecentRequest::number).containsExactly(1L);
        assertThat(recent.details(1)).isPresent();
        List<RecentRequest> busy = recent.of("busy");
        assertThat(busy).as("the last 500 of all flows, and those with details")
                .hasSizeBetween(500 + KeptDetails.MOST_OF_A_KIND, 500 + 2 * KeptDetails.MOST_OF_A_KIND)
                .isSortedAccordingTo(Comparator.comparing(RecentRequest::number));
        assertThat(busy).filteredOn(each -> recent.details(each.number()).isPresent())
                .hasSize(2 * KeptDetails.MOST_OF_A_KIND);
    }

    @Test
    void detailsAreBounded() {
        int most = (int) (KeptDetails.MOST_BYTES / (1 << 20));
        LongStream.range(0, 3 * most).forEach(each -> recent.add(request("flow-" + each, true), () -> details(1 << 20)));
        assertThat(LongStream.rangeClosed(1, 3 * most).filter(each -> recent.details(each).isPresent()).boxed().toList())
                .isEqualTo(LongStream.rangeClosed(2 * most + 2, 3 * most).boxed().toList());
    }

    @Test
    void ofABodyTheBeginningIsKept() {
        byte[] body = "añb€c".getBytes(StandardCharsets.UTF_8);
        List<String> texts = IntStream.rangeClosed(1, body.length).mapToObj(each -> BodyHead.of(body, each).text()).toList();
        assertThat(texts).containsExactly("a", "a", "añ", "añb", "añb", "añb", "añb€", "añb€c");
        assertThat(BodyHead.of(body, 3)).matches(BodyHead::isCut).extracting(BodyHead::length).isEqualTo(8L);
        assertThat(BodyHead.of(body, 8)).matches(each -> !each.isCut());
        assertThat(BodyHead.of(null, 8)).isSameAs(BodyHead.NONE);
    }

    @Test
    void secretsAreMaskedWhenARequestIsKept() {
        byte[] body = "{\"echo\": \"s3cret\"}".getBytes(StandardCharsets.UTF_8);
        BodyHead head = BodyHead.of(body, 100);
        RequestDetails details = new RequestDetails(Map.of("X-Key", "s3cret"), head, Map.of("X-Echo", "s3cret"), head,
                List.of(new RequestDetails.RecordLine("s3cret.ndjson", 1, 1, "s3cret", "delivered")));
        recent.add(new RecentRequest(0, Instant.now(), "flow", "template", new RecentRequest.Call("", "PUT", "/s3cret"), 0,
                "no host s3cret", 1, 1, 7, new RequestResult(1, 0, 0, 0, null, 0), new RequestAttempts()), () -> details);

        RequestDetails kept = recent.details(1).orElseThrow();
        assertThat(recent.after(0).toString() + kept).contains("***").doesNotContain("s3cret");
        assertThat(List.of(kept.requestBody(), kept.responseBody())).allMatch(
                each -> each.text().equals("{\"echo\": \"***\"}") && !each.isCut() && each.length() == body.length);
    }

    @Test
    void theSettingIsASize() {
        assertThat(List.of("0", "100", "8K", "256k")).extracting(KeptBytes::parse).containsExactly(0, 100, 8192, 262144);
        assertThatThrownBy(() -> KeptBytes.parse("1M")).hasMessageContaining("from 0 to 256K");
        assertThatThrownBy(() -> KeptBytes.parse("-1")).hasMessageContaining("gtm.requests.body-bytes");
    }

    @Test
    void theLastAttemptsOfARequestAreRemembered() {
        RequestAttempts attempts = new RequestAttempts();
        Instant first = Instant.parse("2026-12-01T09:41:00Z");
        for (int each = 1; each <= 30; each++) {
            attempts.add(new RequestAttempts.Attempt(each, first.plusSeconds(each), 503, 5, Duration.ofSeconds(1)));
        }
        assertThat(attempts.all()).hasSize(RequestAttempts.MOST).first().extracting(RequestAttempts.Attempt::number)
                .isEqualTo(11);
        assertThat(attempts.count()).isEqualTo(30);
        assertThat(attempts.isLast(first.plusSeconds(30))).isTrue();
        assertThat(attempts.isLast(first.plusSeconds(29))).isFalse();
    }

    @Test
    void aMinuteIsForgottenAfterAnHour() {
        LastHour hour = new LastHour();
        Instant before = Instant.now();
        hour.answered(true);
        hour.answered(false);
        hour.delivered(3);
        hour.rejected(2);

        LastHour.Minute all = hour.minutes(Instant.now()).stream().reduce(LastHour.Minute::plus).orElseThrow();
        assertThat(List.of(all.requests(), all.failed(), all.delivered(), all.rejected())).containsExactly(2L, 1L, 3L, 2L);
        assertThat(hour.minutes(before)).hasSize(60).last().extracting(LastHour.Minute::start)
                .isEqualTo(before.truncatedTo(ChronoUnit.MINUTES));
        assertThat(hour.minutes(before.plus(Duration.ofMinutes(62)))).allMatch(each -> each.requests() == 0);
    }
}
