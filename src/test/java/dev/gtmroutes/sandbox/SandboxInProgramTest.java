package dev.gtmroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sandbox inside the running program. */
@QuarkusTest
@TestProfile(SandboxInProgramTest.Enabled.class)
class SandboxInProgramTest {

    @Inject
    SandboxService service;

    @Test
    void runsWhenItIsEnabled() {
        Caller caller = new Caller(service.sandbox().orElseThrow());

        assertThat(caller.put(Caller.BULK, Caller.array(2)).statusCode()).isEqualTo(200);
        assertThat(caller.look("/sandbox/summary").get("accepted").intValue()).isEqualTo(2);
    }

    /** Random ports, so that nothing else on the machine is in the way. */
    public static class Enabled implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gtm.sandbox.enabled", "true", "gtm.sandbox.port", "0", "quarkus.http.test-port", "0");
        }
    }
}
