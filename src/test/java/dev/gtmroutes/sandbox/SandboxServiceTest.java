// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;

/** Starting and stopping the sandbox with the program. */
class SandboxServiceTest {

    @Test
    void startsNothingUnlessEnabled() {
        SandboxService service = new SandboxService(false, 0);
        service.start(new StartupEvent());

        assertThat(service.sandbox()).isEmpty();
        service.stop();
    }

    @Test
    void runsFromStartupToShutdown() {
        SandboxService service = new SandboxService(true, 0);
        service.start(new StartupEvent());
        int port = service.sandbox().orElseThrow().port();

        assertThat(new Caller(service.sandbox().orElseThrow()).put(Caller.CALL, "{}").statusCode()).isEqualTo(200);
        service.stop();
        assertThat(service.sandbox()).isEmpty();
        Sandbox.start(port).close();
    }

    @Test
    void refusesAPortInUseInOneLine() {
        try (Sandbox other = Sandbox.start(0)) {
            SandboxService service = new SandboxService(true, other.port());

            assertThatThrownBy(() -> service.start(new StartupEvent()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasNoCause()
                    .hasMessage("the sandbox cannot listen on 127.0.0.1:" + other.port()
                            + ": Address already in use (gtm.sandbox.port)");
            assertThat(service.sandbox()).isEmpty();
        }
    }

    @Test
    void refusesAPortThatCannotBe() {
        assertThatThrownBy(() -> new SandboxService(true, 65_536).start(new StartupEvent()))
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessage("the port of the sandbox must be from 0 to 65535, not 65536 (gtm.sandbox.port)");
    }

    @Test
    void closesTwiceWithoutHarm() {
        Sandbox sandbox = Sandbox.start(0);
        sandbox.close();
        sandbox.close();
    }
}
