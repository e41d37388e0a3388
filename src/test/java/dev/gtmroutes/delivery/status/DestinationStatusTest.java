// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.outcome.Rejection;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationStatusTest {

    @TempDir
    Path data;
    private final CamelContext camel = PlainCamel.create();
    private final DestinationStatus destination = new DestinationStatus();

    @BeforeEach
    void open() {
        destination.setCamelContext(camel);
        destination.setData(data.toString());
        destination.setRouteId("flow:1");
        destination.setPauseAfterRejections(1);
        destination.open();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Path note() {
        return data.resolve("state/paused/flow%3A1.json");
    }

    @Test
    void aPauseIsRememberedUntilItIsOver() {
        destination.unfit(Rejection.unsent("no id"));
        assertThat(note()).exists();

        destination.resume();
        assertThat(note()).doesNotExist();
        assertThat(destination.halt()).isEmpty();
    }

    /** A person resumes the flow in the moment in which it pauses. */
    @RepeatedTest(20)
    void nothingIsRememberedOfAPauseThatIsOver() throws Exception {
        CompletableFuture<Void> pausing = CompletableFuture.runAsync(() -> destination.unfit(Rejection.unsent("no id")));
        while (destination.halt().isEmpty() && !pausing.isDone()) {
            Thread.onSpinWait();
        }
        destination.resume();
        pausing.get(10, TimeUnit.SECONDS);

        assertThat(destination.halt()).isEmpty();
        assertThat(note()).doesNotExist();
    }
}
