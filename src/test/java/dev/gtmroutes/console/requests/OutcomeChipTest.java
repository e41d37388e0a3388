// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import dev.gtmroutes.console.web.ResponseStatus;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.delivery.status.RequestAttempts;
import dev.gtmroutes.delivery.status.RequestResult;
import org.junit.jupiter.api.Test;

/** What people read of a request. */
class OutcomeChipTest {

    private static final Instant AT = Instant.parse("2026-12-01T09:41:00Z");

    private final RequestAttempts attempts = new RequestAttempts();

    private RecentRequest request(int status, int records, RequestResult result) {
        return new RecentRequest(7, AT, "calls", "template",
                new RecentRequest.Call("id", "PUT", "https://api.example/v0/calls?x=1"), status, "", records, 4, 61, result,
                attempts);
    }

    @Test
    void aRequestThatWaitsSaysForWhatAndHowLong() {
        RecentRequest request = request(503, 100, new RequestResult(0, 0, 0, 100, Duration.ofSeconds(40), 1));
        assertThat(OutcomeChip.of(request)).isEqualTo(new OutcomeChip("retrying", "refresh", "Attempt 5",
                AT.plusSeconds(40)));
        attempts.add(new RequestAttempts.Attempt(5, AT.plusSeconds(39), 200, 3, null));
        assertThat(OutcomeChip.of(request)).isEqualTo(new OutcomeChip("retrying", "refresh", "Sent again", null));
    }

    @Test
    void theWorstOutcomeColoursAllOfThem() {
        assertThat(OutcomeChip.of(request(207, 100, new RequestResult(97, 2, 1, 0, null, 0))))
                .isEqualTo(new OutcomeChip("held", "help-circle", "97 delivered, 2 rejected, 1 held", null));
        assertThat(OutcomeChip.of(request(207, 3, new RequestResult(1, 1, 0, 1, Duration.ofSeconds(1), 1))).style())
                .isEqualTo("rejected");
        assertThat(OutcomeChip.of(request(200, 1, new RequestResult(1, 0, 0, 0, null, 0))).text()).isEqualTo("1 delivered");
        assertThat(OutcomeChip.of(request(422, 2, new RequestResult(0, 0, 0, 2, null, 2))).text())
                .isEqualTo("Sent again in 2 parts");
        assertThat(OutcomeChip.of(request(401, 2, new RequestResult(0, 0, 0, 2, null, 1))).text())
                .isEqualTo("Waits for the credential");
        assertThat(OutcomeChip.of(request(201, 0, RequestResult.LATER)).text()).isEqualTo("Accepted");
    }

    @Test
    void whatIsOpenStopsNewOnes() {
        RequestFilter filter = new RequestFilter();
        filter.flow = "calls & more";
        assertThat(filter.isFrozen()).isFalse();
        assertThat(filter.here(12)).isEqualTo("flow=calls%20%26%20more");
        assertThat(filter.toggled(7, 12)).isEqualTo("flow=calls%20%26%20more&upto=12&open=7");
        filter.open = Set.of(7L);
        filter.upto = 12;
        assertThat(filter.isFrozen()).isTrue();
        assertThat(filter.toggled(7, 12)).isEqualTo("flow=calls%20%26%20more");
        filter.paused = true;
        assertThat(filter.toggled(7, 12)).isEqualTo("flow=calls%20%26%20more&paused=true&upto=12");
        assertThat(filter.following()).isEqualTo("flow=calls%20%26%20more");
    }

    @Test
    void pathsAndTimesAreShort() {
        assertThat(RequestRow.path("https://api.example/v0/calls?x=1")).isEqualTo("/v0/calls?x=1");
        assertThat(RequestRow.path("/calls")).isEqualTo("/calls");
        assertThat(RequestRow.path("https://api.example")).isEqualTo("/");
        assertThat(ResponseStatus.of(503)).isEqualTo("503 Service Unavailable");
        assertThat(ResponseStatus.of(0)).isEqualTo("No response");
        assertThat(RequestRow.duration(1234)).isEqualTo("1.2 s");
        assertThat(RequestRow.duration(60_000)).isEqualTo("60 s");
    }
}
