// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.BodyReader;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.FirstEdition;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.sources.AnswerTexts;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first half of a tick of {@code people-ai-export-activities-source}: calls about jobs, one after the other. */
public class JobCalls {

    private static final Logger LOG = LoggerFactory.getLogger(JobCalls.class);
    private static final String TICK = "GtmExportTick";
    /** Exchange property of type {@link JobCall}: the call that a tick is about to make. Not for the steps behind. */
    public static final String CALL = "GtmExportCall";
    private static final String READER = "GtmExportAnswer";

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
        export.trouble().credentialsAre(StoredCredentials.of(exchange.getContext()).revision());
        exchange.setProperty(TICK, new JobPoll(export.ledger(), export.waits()));
        source.open(export);
        return true;
    }

    /** The loop's condition: whether something has to be asked. */
    public boolean open(Exchange exchange) {
        JobCall next = source.export(exchange).trouble().mustWait() || !ExportSource.reading(exchange) ? null
                : tick(exchange).next().orElse(null);
        exchange.setProperty(CALL, next);
        return next != null;
    }

    /** Makes the message the call. */
    public void ask(Exchange exchange) {
        JobCall call = call(exchange);
        JobAnswer reader = new JobAnswer();
        exchange.setProperty(READER, reader);
        ApiRequest request = ApiRequest.of(call.method(), call.path()).with("Accept", "application/json");
        send(exchange, (call.body() == null ? request : request.with("application/json", call.body()))
                .readBy(reader, () -> ExportSource.reading(exchange), null));
    }

    /** Makes the message this request, and nothing else. */
    public static void send(Exchange exchange, ApiRequest request) {
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        Message message = new DefaultMessage(exchange.getContext());
        message.setBody(request);
        exchange.setMessage(message);
    }

    /** Takes the answer in, if there was one. */
    public void answered(Exchange exchange) {
        JobCall call = call(exchange);
        if (call == null) {
            return;
        }
        ApiAnswer answer = ApiAnswer.of(exchange);
        Outcome outcome = answer.outcome();
        if (outcome == Outcome.DELIVERED) {
            read(call, exchange, answer);
        } else if (outcome.isAboutAll()) {
            troubled(exchange, call, answer);
        } else if (call.kind() == JobCall.Kind.STATE && (answer.status() == 404 || answer.status() == 410)) {
            source.export(exchange).trouble().ended();
            tick(exchange).vanished(call);
        } else if (call.kind() == JobCall.Kind.START && outcome == Outcome.REJECTED) {
            source.export(exchange).trouble().ended();
            tick(exchange).refused(call, "cannot start a job: " + AnswerTexts.answer(answer));
        } else {
            troubled(exchange, call, answer);
        }
    }

    private void troubled(Exchange exchange, JobCall call, ApiAnswer answer) {
        if (answer.status() <= 0 && !ExportSource.reading(exchange)) {
            // The flow was stopped, and with it the call.
            tick(exchange).end();
            return;
        }
        troubled(exchange, answer.refusal() != null ? answer.refusal() : call + ": " + AnswerTexts.answer(answer),
                answer.retryAfter(), answer.outcome() == Outcome.CREDENTIAL);
    }

    private void read(JobCall call, Exchange exchange, ApiAnswer answer) {
        JobAnswer body = (JobAnswer) exchange.removeProperty(READER);
        if (!answer.isComplete()) {
            troubled(exchange, call + ": the response broke off: " + answer.problem());
            return;
        }
        try {
            tick(exchange).answered(call, body.json());
            source.export(exchange).trouble().ended();
        } catch (IOException | IllegalArgumentException e) {
            troubled(exchange, call + ": unexpected response: " + Exceptions.text(e));
        }
    }

    /** There was no answer: no connection, or no token. */
    public void unanswered(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (ExportSource.reading(exchange)) {
            troubled(exchange, call(exchange), FirstEdition.answer(exchange, cause));
        } else {
            tick(exchange).end();
        }
        exchange.removeProperty(CALL);
    }

    private void troubled(Exchange exchange, String why) {
        troubled(exchange, why, null, false);
    }

    private void troubled(Exchange exchange, String why, Duration asked, boolean credential) {
        source.export(exchange).trouble().began(why, asked, credential);
        tick(exchange).end();
    }

    /** Something else than People.ai is wrong, such as the disk. The next tick tries again. */
    public void failed(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.error("{}: {}. The next poll tries again", FlowRoute.id(exchange), Exceptions.text(cause));
        LOG.debug("A tick failed", cause);
    }

    /** Ends the tick, however it went. */
    public void end(Exchange exchange) {
        if (exchange.removeProperty(TICK) != null) {
            source.export(exchange).ticking().set(false);
        }
    }

    private static JobPoll tick(Exchange exchange) {
        return exchange.getProperty(TICK, JobPoll.class);
    }

    private static JobCall call(Exchange exchange) {
        return exchange.getProperty(CALL, JobCall.class);
    }

    /** The parameters. */
    public void setSource(ExportSource source) {
        this.source = source;
    }

    /** The answer to a call about jobs. The list of ten days is longer than what is kept of other answers. */
    private static final class JobAnswer implements BodyReader {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final int MOST_BYTES = 16 << 20;

        private byte[] bytes = {};

        @Override
        public void read(InputStream body) throws IOException {
            bytes = body.readNBytes(MOST_BYTES);
            if (bytes.length == MOST_BYTES) {
                throw new IOException("the response is longer than " + MOST_BYTES + " bytes");
            }
        }

        /** @throws IOException if it is not JSON */
        JsonNode json() throws IOException {
            try {
                return JSON.readTree(bytes);
            } catch (JsonProcessingException e) {
                throw new IOException("the response is not JSON", e);
            }
        }
    }
}
