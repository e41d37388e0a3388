// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.credential.token.TokenSeal;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.Kamelets;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class CredentialTestsTest {

    private static final VendorApi API = VendorApi.all(Kamelets.in(Path.of("routes/kamelets"))).get(0);

    /** No route can be made here, which is what a test tells as well. */
    private static Flows flows(Runnable meanwhile) {
        return new Flows() {
            @Override
            public void share(String endpoint) {
                meanwhile.run();
                throw new IllegalStateException("there is no route");
            }
        };
    }

    @Test
    void whatCameOfATestIsForgottenWithTheCredentialThatItBeganWith() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            CredentialTests[] tests = new CredentialTests[1];
            boolean[] replaced = new boolean[1];
            tests[0] = new CredentialTests(flows(() -> {
                if (replaced[0]) {
                    StoredCredentials.of(camel).use(Map.of(), TokenSeal.NONE);
                    tests[0].forget(API.route("default"));
                }
            }), camel);
            assertThat(tests[0].test(API, "default")).isSameAs(tests[0].last(API.route("default")));

            replaced[0] = true;
            assertThat(tests[0].test(API, "default").detail()).contains("there is no route");
            assertThat(tests[0].last(API.route("default"))).isNull();
        }
    }
}
