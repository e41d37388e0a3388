package dev.gtmroutes.peopleai;

import java.io.IOException;

import dev.gtmroutes.api.BodyReader;
import dev.gtmroutes.credential.ApiAddress;
import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.delivery.FlowRoute;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first half of a tick of {@code people-ai-export-activities-source}: calls about jobs, one after the other. */
public class JobCalls {

    private static final Logger LOG = LoggerFactory.getLogger(JobCalls.class);
    private static final String TICK = "GtmExportTick";
    private static final String CALL = "GtmExportCall";

    private ExportSource source = new ExportSource();

    /** Begins a tick. @return false if another one is under way, the flow does not run, or another instance reads */
    public boolean begin(Exchange exchange) throws IOException {
        if (!FlowRoute.started(exchange) || !ExportSource.reading(exchange)) {
            return false;
        }
        Export export = source.export(exchange);
        if (!export.ticking().compareAndSet(false, true)) {
            return false;
        }
        exchange.setProperty(TICK, new Tick(export.ledger(), export.waits()));
        source.open(export);
        return true;
    }

    /** The loop's condition: whether something has to be asked. */
    public boolean open(Exchange exchange) {
        JobCall next = source.export(exchange).mustWait() || !ExportSource.reading(exchange) ? null
                : tick(exchange).next().orElse(null);
        exchange.setProperty(CALL, next);
        return next != null;
    }

    /** Makes the message the call. */
    public void ask(Exchange exchange) {
        JobCall call = call(exchange);
        Message message = request(exchange, call.path(), call.method(), new JobAnswer());
        if (call.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(call.body());
        }
    }

    /** Makes the message a request, and nothing else. */
    static Message request(Exchange exchange, String path, String method, BodyReader reader) {
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        exchange.removeProperty(ApiCall.CREDENTIAL_REFUSED);
        exchange.setProperty(ApiAddress.URL, path);
        exchange.setProperty(ApiCall.READER, reader);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method);
        message.setHeader("Accept", "application/json");
        message.setBody(null);
        return message;
    }

    /** Takes the answer in, if there was one. */
    public void answered(Exchange exchange) {
        JobCall call = call(exchange);
        if (call == null) {
            return;
        }
        Message answer = exchange.getMessage();
        int status = Failures.status(answer);
        if (status / 100 == 2) {
            read(call, exchange);
        } else if (Failures.isAboutAll(status)) {
            troubled(exchange, exchange.getProperty(ApiCall.CREDENTIAL_REFUSED,
                    call + ": " + Failures.answer(answer), String.class));
        } else if (call.kind() == JobCall.Kind.STATE && (status == 404 || status == 410)) {
            source.export(exchange).worked();
            tick(exchange).vanished(call);
        } else if (call.kind() == JobCall.Kind.START) {
            source.export(exchange).worked();
            tick(exchange).refused(call, "no job could be started: " + Failures.answer(answer));
        } else {
            troubled(exchange, call + ": " + Failures.answer(answer));
        }
    }

    private void read(JobCall call, Exchange exchange) {
        try {
            tick(exchange).answered(call, exchange.getProperty(ApiCall.READER, JobAnswer.class).json());
            source.export(exchange).worked();
        } catch (IOException | IllegalArgumentException e) {
            troubled(exchange, call + ": the answer cannot be used: " + Failures.text(e));
        }
    }

    /** There was no answer: no connection, or no token. */
    public void unanswered(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (ExportSource.reading(exchange)) {
            troubled(exchange, exchange.getProperty(ApiCall.CREDENTIAL_REFUSED,
                    call(exchange) + ": " + Failures.text(cause), String.class));
        } else {
            tick(exchange).end();
        }
        exchange.removeProperty(CALL);
    }

    private void troubled(Exchange exchange, String why) {
        source.export(exchange).troubled(why);
        tick(exchange).end();
    }

    /** Something else than People.ai is wrong, such as the disk. The next tick tries again. */
    public void failed(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.error("{}: {}. The next tick tries again", FlowRoute.id(exchange), Failures.text(cause));
        LOG.debug("A tick failed", cause);
    }

    /** Ends the tick, however it went. */
    public void end(Exchange exchange) {
        if (exchange.removeProperty(TICK) != null) {
            source.export(exchange).ticking().set(false);
        }
    }

    private static Tick tick(Exchange exchange) {
        return exchange.getProperty(TICK, Tick.class);
    }

    private static JobCall call(Exchange exchange) {
        return exchange.getProperty(CALL, JobCall.class);
    }

    /** The parameters. */
    public void setSource(ExportSource source) {
        this.source = source;
    }
}
