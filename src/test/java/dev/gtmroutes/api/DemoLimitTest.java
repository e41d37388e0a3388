// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.token.TokenEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts the demo reaches. OwnVendorIT shows it with the packaged program. */
class DemoLimitTest {

    private static final String DEMO = "gtm.demo.enabled";

    @AfterEach
    void end() {
        System.clearProperty(DEMO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.acme.example", "192.0.2.1", "127.0.0.1.example", "localhost.example", "[2001:db8::1]",
            "0.0.0.0"})
    void theDemoReachesNoOtherMachine(String host) {
        System.setProperty(DEMO, "true");
        assertThatIllegalArgumentException().isThrownBy(() -> DemoLimit.check(host))
                .withMessage("the demo sends requests to this machine only. To send to " + host
                        + ", start the program without the command demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"})
    void theDemoReachesThisMachine(String host) {
        System.setProperty(DEMO, "true");
        assertThatCode(() -> DemoLimit.check(host)).doesNotThrowAnyException();
    }

    @Test
    void withoutTheDemoThereIsNoLimit() {
        assertThatCode(() -> DemoLimit.check("api.acme.example")).doesNotThrowAnyException();
    }

    @Test
    void theDemoSendsNoSecretToATokenEndpointElsewhere() {
        System.setProperty(DEMO, "true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenEndpoint("https://accounts.acme.example/token", new Secrets()))
                .withMessageContaining("the demo sends requests to this machine only");
    }
}
