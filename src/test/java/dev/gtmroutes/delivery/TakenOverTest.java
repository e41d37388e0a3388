// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.progress.InputProgress;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs of which others send some records from some moment on. */
class TakenOverTest {

    @TempDir
    Path data;
    private final AtomicBoolean over = new AtomicBoolean();
    private final InputProgress progress = new InputProgress();
    private ScriptedApi api;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi();
        progress.overWhen(over::get);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Exception failure(Delivery delivery, String to) {
        String records = Delivery.records(3);
        progress.countOnly(records);
        return delivery.camel().createProducerTemplate().request(to, each -> {
            each.getMessage().setBody(records);
            each.setProperty(InputProgress.PROPERTY, progress);
        }).getException();
    }

    private void assertKept(Exception failure, Delivery delivery) {
        assertThat(failure).isInstanceOf(InputKeptException.class).hasNoCause().hasMessageEndingWith(
                ": other consumers have taken over some of its records. 1 records have an outcome and will not be sent "
                        + "again");
        assertThat(delivery.deadLetters()).isEmpty();
    }

    @Test
    void whatWaitsForAnotherAttemptIsNotSentAgain() throws Exception {
        api.script(each -> {
            over.set(each.has(2));
            return Reply.of(each.has(2) ? 503 : 200);
        });
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            assertKept(failure(delivery, "direct:flow"), delivery);
        }
        assertThat(api.asked()).extracting(ScriptedApi.Asked::ids).containsExactly(List.of(1), List.of(2));
    }

    /** It goes back to its source, also where it is never tried again. */
    @Test
    void whatIsAboutToLeaveDoesNotLeave() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            delivery.camel().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate("late-api-action").templateBean("call").typeClass(ApiCall.class).end()
                            .from("kamelet:source").process(each -> over.set(calls.incrementAndGet() == 2))
                            .to("kamelet:people-ai-api-action/people-ai-default");
                    from("direct:late").to("kamelet:http-delivery-sink/late:1?template=first&method=POST&path=/things"
                            + "&onceOnly=true&maxInFlight=1&retryFor=0s&api=kamelet:late-api-action/late");
                }
            });
            assertKept(failure(delivery, "direct:late"), delivery);
        }
        assertThat(api.asked()).extracting(ScriptedApi.Asked::ids).containsExactly(List.of(1));
    }

    @Test
    void aRequestWithRecordsOfSeveralInputsIsNotSentIfOneOfThemIsTakenOver() {
        RequestQueue queue = new RequestQueue(new Batch(input(new InputProgress()), List.of(), true));
        queue.add(new Batch(input(progress), List.of(), true));
        assertThat(queue.running()).isTrue();
        over.set(true);
        assertThat(queue.running()).isFalse();
    }

    private static Input input(InputProgress progress) {
        return new Input(new DestinationStatus(), "flow", "source", () -> true,
                new DestinationProgress(progress, new InputProgress.DestinationKey("flow:1-delivery", "push-call")));
    }
}
