// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vendors that enforce their rate limits. */
class RatesTest {

    private final Sandbox sandbox = Sandbox.start(0);
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> salesloft(String token) {
        return Caller.send(HttpRequest.newBuilder(URI.create(sandbox.baseUrl("salesloft") + "/accounts"))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Acme\"}")));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    @Test
    void salesloftSaysWhatIsLeftAndWhenToComeAgain() {
        sandbox.limitRate("salesloft", 2, 3600);

        HttpResponse<String> first = salesloft("sandbox-token");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "x-ratelimit-endpoint-cost")).isEqualTo("1");
        assertThat(header(first, "x-ratelimit-remaining-minute")).isEqualTo("1");
        assertThat(salesloft("wrong-token").statusCode()).isEqualTo(401);
        assertThat(salesloft("sandbox-token").statusCode()).isEqualTo(200);

        HttpResponse<String> refused = salesloft("sandbox-token");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "x-ratelimit-remaining-minute")).isEqualTo("0");
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(3000, 3600);
        assertThat(sandbox.summary().accepted()).isEqualTo(2);

        sandbox.unlimitRates();
        assertThat(salesloft("sandbox-token").statusCode()).isEqualTo(200);
    }

    @Test
    void peopleAiDoesNotSayWhenToComeAgain() {
        sandbox.limitRate("people-ai", 1, 3600);

        assertThat(caller.put(Caller.CALL, "{}").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = caller.put(Caller.CALL, "{}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "Retry-After")).isNull();
        assertThat(refused.body()).isEqualTo("{\"error\":\"too many requests\"}");
    }

    @Test
    void nothingIsLimitedUntilItIsAskedFor() {
        for (int i = 0; i < 20; i++) {
            assertThat(caller.put(Caller.CALL, "{}").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theVendorsOwnLimitIsInItsData() {
        sandbox.limitRate("salesloft");

        assertThat(header(salesloft("sandbox-token"), "x-ratelimit-remaining-minute")).isEqualTo("599");
        assertThatThrownBy(() -> sandbox.limitRate("customerly"))
                .hasMessage("vendor customerly has no rate limit. Give points and seconds");
        assertThatThrownBy(() -> sandbox.limitRate("customerly", 0, 1))
                .hasMessage("a rate limit must have at least 1 point and 1 second");
    }

    @Test
    void aWindowEndsWithTheRequestAndRefusalsDoNotCount() {
        AtomicLong seconds = new AtomicLong();
        Rates rates = new Rates(() -> seconds.get() * 1_000_000_000L);
        Vendor vendor = Catalog.load().vendor("salesloft");
        rates.limit(vendor, 3, 10);

        assertThat(rates.admit(vendor, 2).admitted()).isTrue();
        seconds.set(5);
        assertThat(rates.admit(vendor, 1).admitted()).isTrue();
        assertThat(rates.admit(vendor, 1)).isEqualTo(new Rates.Admission(false, Map.of(
                "x-ratelimit-endpoint-cost", "1", "x-ratelimit-remaining-minute", "0", "Retry-After", "5")));
        seconds.set(10);
        assertThat(rates.admit(vendor, 3).admitted()).isFalse();
        assertThat(rates.admit(vendor, 2).admitted()).isTrue();
    }
}
