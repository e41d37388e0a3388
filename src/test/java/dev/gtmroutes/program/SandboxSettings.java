// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

/** Settings of a program whose vendors are its own sandbox. */
final class SandboxSettings {

    private SandboxSettings() {
    }

    /** Those without a credential for Customerly. @param port of the sandbox */
    static String of(int port) {
        return """
                gtm.sandbox.enabled=true
                people-ai.base-url=http://127.0.0.1:%1$d/people-ai/v0/public
                people-ai.api-key=sandbox-key
                people-ai.pull-url=http://127.0.0.1:%1$d/people-ai/pull/v1
                people-ai.token-url=http://127.0.0.1:%1$d/people-ai/auth/v1/tokens
                people-ai.client-id=sandbox-client
                people-ai.client-secret=sandbox-secret
                customerly.base-url=http://127.0.0.1:%1$d/customerly/v1
                salesloft.base-url=http://127.0.0.1:%1$d/salesloft/v2
                salesloft.access-token=sandbox-token
                """.formatted(port);
    }
}
