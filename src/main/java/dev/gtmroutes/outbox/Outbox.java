// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.KameletRoutes;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.outcome.OutcomeTopics;
import dev.gtmroutes.delivery.outcome.ResponseEvent;
import dev.gtmroutes.inbox.FlowSources;
import dev.gtmroutes.inbox.arrival.BodyFormat;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeRefused;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.Service;
import org.apache.camel.StartupListener;

/**
 * The response events of one destination, in {@code <data>/responses/<flow>.<destination>/} until its webhook has taken
 * them; in the inbox of another flow, and in a topic, if these are given.
 * It lives as long as the destination's route runs, and so does the route that empties it; what is left waits on disk.
 * For any number of threads.
 */
public class Outbox extends KameletBean implements Service {

    private String routeId = "";
    private String url = "";
    private String topic = "";
    private String target = "";
    private Path data = Path.of("data");
    private Path folder;
    private OutboxRoute route;
    private volatile Intake intake;
    private volatile Intake inboxes;

    /** @throws IllegalArgumentException if the URL is none, without showing it, or the flow cannot be one */
    @Override
    protected void getReady() {
        if (!url.isBlank()) {
            WebhookUrl.check(url);
        }
        if (!target.isBlank() && !Intake.isFlowId(target)) {
            throw new IllegalArgumentException("responseFlow is '" + target + "', which is not the id of a flow. Enter the "
                    + "id of a flow that begins with inbox-source");
        }
    }

    /** Opens the outbox and begins to empty it. Without a webhook there is none. */
    @Override
    public synchronized void start() {
        if (Opening.isKnown(target) && !target.isBlank() && inboxes == null) {
            beReady();
            openInboxOfFlow();
        }
        if (Opening.isKnown(url) && !url.isBlank() && route == null) {
            beReady();
            openOutbox();
        }
    }

    private void openInboxOfFlow() {
        String problem = new FlowSources(camel).unread(target, inbox());
        if (problem != null) {
            throw new IllegalArgumentException("responseFlow is " + target + ", but " + problem + ". Choose a flow that "
                    + "begins with inbox-source");
        }
        Outboxes all = Outboxes.of(camel);
        all.links().add(routeId, FlowRoute.id(camel, routeId), target);
        try {
            inboxes = all.inboxes(data);
        } catch (IOException e) {
            stop();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Path inbox() {
        return data.resolve("inbox").resolve(target);
    }

    private void openOutbox() {
        String flow = FlowRoute.id(camel, routeId);
        String name = OutboxName.of(flow, routeId);
        folder = Outboxes.folder(data).resolve(name);
        try {
            intake = Outboxes.of(camel).intake(data);
            route = new OutboxRoute(camel, name, data);
            Outboxes.of(camel).opened(route.id(), flow, new WebhookUrl(url, Secrets.of(camel)));
            KameletRoutes.add(camel, routeId, route);
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
        inboxes = null;
        Outboxes.of(camel).links().remove(routeId);
        if (added != null && !camel.isStopping()) {
            Outboxes.of(camel).closed(added.id());
            stop(added);
        }
    }

    /** Where {@link KameletRoutes} took the route of the flow away, these have gone with it. */
    private static void stop(OutboxRoute added) {
        try {
            added.stop();
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    /**
     * Puts the event that is the message's body into the outbox and the topic. When this returns it is there, or its flow
     * was stopped. While it cannot be written, as on a full disk, its records wait: sent again they might arrive twice.
     */
    public void append(Exchange exchange) throws InterruptedException {
        ResponseEvent event = exchange.getMessage().getBody(ResponseEvent.class);
        if (keep(exchange, event, this::toWebhook) && keep(exchange, event, this::toFlow)
                && keep(exchange, event, this::toTopic)) {
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
                String flow = FlowRoute.id(camel, routeId);
                for (ResponseEvent.Part each : event.parts()) {
                    toTopic(flow, each);
                }
            }
            return true;
        } catch (IOException e) {
            event.notStored("cannot write a response event to " + e.getMessage(), e);
            return false;
        }
    }

    /** What is too large for a message of the topic goes there in smaller ones. */
    private void toTopic(String flow, ResponseEvent.Part part) throws IOException {
        try {
            OutcomeTopics.of(camel).append(topic, flow, part.json());
        } catch (OutcomeTopics.TooLargeException e) {
            List<ResponseEvent.Part> smaller = part.smaller();
            if (smaller.isEmpty()) {
                throw e;
            }
            for (ResponseEvent.Part each : smaller) {
                toTopic(flow, each);
            }
        }
    }

    private boolean toWebhook(ResponseEvent event) {
        return url.isBlank() || toInbox(event, intake, folder);
    }

    private boolean toFlow(ResponseEvent event) {
        return target.isBlank() || toInbox(event, inboxes, inbox());
    }

    /** @param to a folder of the intake */
    private static boolean toInbox(ResponseEvent event, Intake open, Path to) {
        try {
            if (open == null) {
                throw new IOException("the flow was stopped");
            }
            for (ResponseEvent.Part each : event.parts()) {
                take(open, to.getFileName().toString(), each);
            }
            return true;
        } catch (IntakeRefused | IOException | RuntimeException e) {
            Throwable cause = e instanceof IntakeRefused && e.getCause() != null ? e.getCause() : e;
            event.notStored("cannot write a response event to " + to + ": " + Exceptions.text(cause), e);
            return false;
        }
    }

    /** Settings of an inbox may allow less than an event has. */
    private static void take(Intake open, String folder, ResponseEvent.Part part) throws IntakeRefused {
        try {
            open.take(folder, BodyFormat.JSON, new ByteArrayInputStream(part.json()));
        } catch (IntakeRefused e) {
            List<ResponseEvent.Part> smaller = e.reason() == IntakeRefused.Reason.TOO_LARGE ? part.smaller() : List.of();
            if (smaller.isEmpty()) {
                throw e;
            }
            for (ResponseEvent.Part each : smaller) {
                take(open, folder, each);
            }
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

    /** Id of the flow of which each event becomes a record; blank for none. */
    public void setResponseFlow(String responseFlow) {
        this.target = responseFlow.strip();
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
