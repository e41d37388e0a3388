// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gtmroutes.api.ApiAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a vendor gets to see of a request. */
class WireTest {

    private static final String KEY = "wire-key-51d0";
    private static final String TARGET = "/a%2Fb/%25/%C3%A9/%20/~me/x+y;v=1/%7B%7Bz%7D%7D//end"
            + "?q=a%26b&plus=1+2&t=~&pct=%2B%25&e=%C3%A9&tilde=%7E&curly=%7B%7Bk%7D%7D&f[x]=1&u=http://h/?a&empty="
            + "&'()*!$,@:";

    private final Vendor vendor = new Vendor();
    private Api api;

    @BeforeEach
    void start() throws Exception {
        api = Api.of("people-ai.api-key", KEY, "people-ai.base-url", vendor.baseUrl())
                .start("people-ai-api-action/people-ai-default");
    }

    @AfterEach
    void stop() {
        api.close();
        vendor.close();
    }

    @ParameterizedTest
    @CsvSource({"GET,", "GET,ignored", "POST,", "POST,{\"n\":1}", "PUT,", "PUT,{\"n\":1}", "PATCH,", "PATCH,{\"n\":1}",
            "DELETE,", "DELETE,{\"n\":1}"})
    void methodUrlAndBodyArriveAsGiven(String method, String body) {
        ApiAnswer answer = api.call(method, TARGET, body);

        assertThat(Api.failure(answer)).isNull();
        assertThat(vendor.call().method()).isEqualTo(method);
        assertThat(vendor.call().target()).isEqualTo("/api/v1" + TARGET);
        assertThat(vendor.call().body()).isEqualTo(body == null || method.equals("GET") ? "" : body);
        assertThat(vendor.call().header("X-API-Key")).isEqualTo(KEY);
        assertThat(vendor.call().header("User-Agent")).isEqualTo("gtm-routes");
        if (body != null && !method.equals("GET")) {
            assertThat(vendor.call().header("Content-Type")).isEqualTo("application/json");
        }
        assertThat(answer.url()).isEqualTo(vendor.baseUrl() + TARGET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/?", "?q=~", "/x%2F?q=%2F"})
    void anAbsoluteUrlArrivesAsGiven(String path) {
        ApiAnswer answer = api.call("POST", vendor.origin() + path, "{}");

        assertThat(Api.failure(answer)).isNull();
        assertThat(vendor.call().target()).isEqualTo(path.startsWith("/") ? path : "/" + path);
        assertThat(vendor.call().header("X-API-Key")).isEqualTo(KEY);
    }

    @Test
    void aDeleteWithoutABodySendsNone() {
        api.call("DELETE", "/x", null);

        assertThat(vendor.call().header("Content-Type")).isNull();
        assertThat(vendor.call().header("Transfer-Encoding")).isNull();
        assertThat(vendor.call().header("Content-Length")).isIn(null, "0");
    }

    @Test
    void headersOfTheRequestArriveAndTheCredentialReplacesOneOfItsName() {
        api.call("POST", "/x", "{}", "X-Team", "gtm, sales", "x-api-key", "not this");

        assertThat(vendor.call().header("X-Team")).isEqualTo("gtm, sales");
        assertThat(vendor.call().headers().get("X-API-Key")).containsExactly(KEY);
    }

    @Test
    void noHeaderOfTheMessageLeadsTheRequestElsewhere() {
        ApiAnswer answer = api.call("POST", "/x?a=1", "{}", Exchange.HTTP_URI, "http://localhost:1/", Exchange.HTTP_PATH,
                "/elsewhere", Exchange.HTTP_QUERY, "b=2", Exchange.HTTP_RAW_QUERY, "c=3", Exchange.REST_HTTP_URI,
                "http://localhost:1/", Exchange.REST_HTTP_QUERY, "d=4", "Host", "localhost:1");

        assertThat(Api.failure(answer)).isNull();
        assertThat(vendor.call().target()).isEqualTo("/api/v1/x?a=1");
        assertThat(vendor.call().header("Host")).isEqualTo("127.0.0.1:" + vendor.port());
    }
}
