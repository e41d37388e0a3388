// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.outcome.OutcomeTopics;
import dev.gtmroutes.delivery.outcome.ResponseEvent;
import dev.gtmroutes.inbox.arrival.BodyFormat;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeRefused;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.StartupListener;

/**
 * The response events of one destination, in {@code <data>/responses/<flow>.<number>/} until its webhook has taken them,
 * and in a topic, if one is given.
 * It lives as long as the destination's route runs, and so does the route that empties it; what is left waits on disk.
 * For any number of threads.
 */
public class Outbox extends KameletBean implements Service {

    private String routeId = "";
    private String url = "";
    private String topic = "";
    private Path data = Path.of("data");
    private Path folder;
    private OutboxRoute route;
    private volatile Intake intake;

    /** @throws IllegalArgumentException if the URL is none; the message does not show it */
    @Override
    protected void getReady() {
        if (!url.isBlank()) {
            WebhookUrl.check(url);
        }
    }

    /** Opens the outbox and begins to empty it. Without a webhook there is none. */
    @Override
    public synchronized void start() {
        if (url.isBlank() || route != null || !Opening.isKnown(url)) {
            return;
        }
        beReady();
        String flow = FlowRoute.id(camel, routeId);
        String name = OutboxName.of(flow, routeId);
        folder = Outboxes.folder(data).resolve(name);
        try {
            intake = Outboxes.of(camel).intake(data);
            route = new OutboxRoute(camel, name, data);
            Outboxes.of(camel).opened(route.id(), flow, new WebhookUrl(url));
            whenCamelIsUp(route);
        } catch (Exception e) {
            stop();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** While Camel starts, it would take a new route in but not start it. */
    private void whenCamelIsUp(OutboxRoute added) throws Exception {
        if (camel.isStarted()) {
            added.add();
            return;
        }
        camel.addStartupListener(new StartupListener() {
            @Override
            public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
                // Too early: the routes are not started yet.
            }

            @Override
            public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
                synchronized (Outbox.this) {
                    if (added == route) {
                        added.add();
                    }
                }
            }
        });
    }

    /** Stops emptying the outbox. An event that is just being sent is sent again by the next one to open it. */
    @Override
    public synchronized void stop() {
        OutboxRoute added = route;
        route = null;
        intake = null;
        if (added != null && !camel.isStopping()) {
            added.remove();
            Outboxes.of(camel).closed(added.id());
        }
    }

    /**
     * Puts the event that is the message's body into the outbox and the topic. When this returns it is there, or its flow
     * was stopped. While it cannot be written, as on a full disk, its records wait: sent again they might arrive twice.
     */
    public void append(Exchange exchange) throws InterruptedException {
        ResponseEvent event = exchange.getMessage().getBody(ResponseEvent.class);
        if (keep(exchange, event, this::toWebhook) && keep(exchange, event, this::toTopic)) {
            event.stored();
            RequestSender.diskWorked(exchange);
        }
    }

    /** @param store whether it could be stored there */
    private static boolean keep(Exchange exchange, ResponseEvent event, Predicate<ResponseEvent> store)
            throws InterruptedException {
        while (!store.test(event)) {
            if (!RequestSender.awaitDisk(exchange, event.problem())) {
                return false;
            }
        }
        return true;
    }

    private boolean toTopic(ResponseEvent event) {
        try {
            if (!topic.isBlank()) {
                OutcomeTopics.of(camel).append(topic, FlowRoute.id(camel, routeId), event.json());
            }
            return true;
        } catch (IOException e) {
            event.notStored("cannot write a response event to " + e.getMessage(), e);
            return false;
        }
    }

    private boolean toWebhook(ResponseEvent event) {
        if (url.isBlank()) {
            return true;
        }
        Intake open = intake;
        try {
            if (open == null) {
                throw new IOException("the flow was stopped");
            }
            open.take(folder.getFileName().toString(), BodyFormat.JSON, new ByteArrayInputStream(event.json()));
            return true;
        } catch (IntakeRefused | IOException | RuntimeException e) {
            Throwable cause = e instanceof IntakeRefused && e.getCause() != null ? e.getCause() : e;
            event.notStored("cannot write a response event to " + folder + ": " + Exceptions.text(cause), e);
            return false;
        }
    }

    /** The id of the delivery's route. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /** URL of the response webhook; blank for none. As good as a password. */
    public void setResponseWebhook(String responseWebhook) {
        this.url = responseWebhook.strip();
    }

    /** The Kafka topic that gets them, too; blank for none. */
    public void setResponsesTopic(String responsesTopic) {
        this.topic = responsesTopic.strip();
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }
}
