// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gtmroutes.api.ApiAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request goes, and who gets to see the credential. */
class AddressTest {

    private static final String KEY = "address-key-9ab1";

    private static ApiAddress address(String baseUrl) {
        ApiAddress address = new ApiAddress();
        address.setBaseUrl(baseUrl);
        address.check();
        return address;
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.com/x", "/\\evil.com", "\\\\evil.com", "/a b", " /a", "/a\r\nX: y", "/a\tb", "/a#b",
            "/é", "/a%2", "/a%zz", "/{id}", "/a|b", "/../x", "/a/./b", "/a/..", "/a/%2e%2E/b",
            "/a/..;v=1/b", "ftp://h/x", "file:///etc/passwd", "https:/h/x", "https:h", "http://",
            "https://user:pw@h/x",
            "https://user@h/x", "https://h:99999/x", "https://h:/../x", "https://a_b/x", "x/y", "", " ", "javascript:x",
            "https://evil.com\\@api.people.ai/", "https://h/../x"})
    void refusedUrls(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> address("https://api.people.ai/v0").target(url, null))
                .satisfies(refusal -> assertThat(refusal.getMessage()).matches("[ -~]+").doesNotContain("pw"));
    }

    @Test
    void anOddUrlIsRefusedBeforeAnythingIsSent() throws Exception {
        try (Vendor vendor = new Vendor();
                Api api = Api.of("people-ai.api-key", KEY, "people-ai.base-url", vendor.baseUrl())
                        .start("people-ai-api-action/people-ai-default")) {
            ApiAnswer answer = api.call("POST", "/users/../admin", "{}");

            assertThat(Api.failure(answer)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("URL %s/users/../admin is refused: the path contains a . or .. segment", vendor.baseUrl());
            assertThat(vendor.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
            "https://api.people.ai/v0, /x, , true",
            "https://api.people.ai/v0, https://api.people.ai/other, , true",
            "https://api.people.ai/v0, https://API.people.ai:443/other, , true",
            "https://api.people.ai/v0, HTTPS://api.people.ai/other, , true",
            "https://api.people.ai/v0, http://api.people.ai/other, , false",
            "https://api.people.ai/v0, https://api.people.ai:8443/other, , false",
            "https://api.people.ai/v0, https://api.people.ai.evil.com/, , false",
            "https://api.people.ai/v0, https://evil.com/?h=api.people.ai, , false",
            "https://api.people.ai/v0, https://eu.people.ai/x, EU.people.ai, true",
            "https://api.people.ai/v0, https://eu.people.ai:8443/x, eu.people.ai, true",
            "https://api.people.ai/v0, https://eu.people.ai/x, ' us.people.ai , eu.people.ai:443 ', true",
            "https://api.people.ai/v0, https://eu.people.ai/x, eu.people.ai:8443, false",
            "https://api.people.ai/v0, https://evil.com/x, eu.people.ai, false",
            "https://api.people.ai/v0, http://eu.people.ai/x, eu.people.ai, false",
            "https://api.people.ai/v0, http://127.0.0.1:8089/x, 127.0.0.1, true",
            "https://api.people.ai/v0, http://[::1]:8089/x, [::1]:8089, true",
            "https://api.people.ai/v0, http://127.0.0.1.evil.com/x, 127.0.0.1.evil.com, false",
            "http://proxy.internal/v0, /x, , true",
            "http://proxy.internal/v0, http://proxy.internal/x, , true",
            "http://proxy.internal/v0, http://other.internal/x, other.internal, false"})
    void whoGetsTheCredential(String baseUrl, String url, String sendCredentialTo, boolean sent) {
        assertThat(address(baseUrl).target(url, sendCredentialTo).sendCredential()).isEqualTo(sent);
    }

    @Test
    void aForeignHostGetsTheRequestWithoutTheCredentialUnlessItIsNamed() throws Exception {
        try (Vendor vendor = new Vendor(); Vendor foreign = new Vendor();
                Api api = Api.of("people-ai.api-key", KEY, "people-ai.base-url", vendor.baseUrl())
                        .start("people-ai-api-action/people-ai-default")) {
            ApiAnswer answer = api.call("POST", foreign.origin() + "/in?x=1", "{}", "X-API-Key", "its own");

            assertThat(Api.status(answer)).isEqualTo(200);
            assertThat(foreign.call().header("X-API-Key")).isEqualTo("its own");
            assertThat(answer.url()).isEqualTo(foreign.origin() + "/in?x=1");

            api.call(Api.request("POST", foreign.origin() + "/in", "{}").forTemplate("", "127.0.0.1:" + foreign.port()));

            assertThat(foreign.calls().get(1).header("X-API-Key")).isEqualTo(KEY);
            assertThat(vendor.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api.people.ai", "https://user:pw@api.people.ai", "https://api.people.ai/v0?x=1",
            "https://api.people.ai/../v0", "ftp://api.people.ai"})
    void baseUrlsThatCannotBeUsed(String baseUrl) {
        assertThatIllegalArgumentException().isThrownBy(() -> address(baseUrl))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("pw"));
    }
}
