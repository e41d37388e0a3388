// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.export.JobCalls;
import dev.gtmroutes.sources.AnswerTexts;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.support.DefaultMessage;

/** The request for a fragment, which goes to a spool, and the chunk that it becomes. */
final class FragmentCall {

    private FragmentCall() {
    }

    /**
     * Makes the message the request.
     *
     * @param running whether its flow still wants the data
     * @param perPart how long it may take for each 20 MB of its job's data
     */
    static void ask(Exchange exchange, Fragment fragment, FragmentCache spool, BooleanSupplier running, Duration perPart) {
        JobCalls.send(exchange, ApiRequest.get(fragment.path())
                .readBy(body -> spool.write(fragment, body), running, fragment.timeLimit(perPart)));
    }

    /**
     * Looks at the answer: data is on the disk by now.
     *
     * @throws DataLostException if People.ai has the data no longer
     * @throws IOException       if it gave none, or not all of it
     */
    static void answered(ApiAnswer answer, Fragment fragment, Duration perPart) throws IOException {
        if (answer.status() == 404 || answer.status() == 410) {
            throw new DataLostException("the data of job " + fragment.job() + " no longer exists: "
                    + refusal(answer));
        }
        if (answer.outcome() != Outcome.DELIVERED || !answer.isComplete()) {
            throw new IOException(answer.isLate() ? "the download took longer than %d s, the limit for "
                    .formatted(fragment.timeLimit(perPart).toSeconds()) + fragment.size() + " bytes"
                    : answer.outcome() == Outcome.DELIVERED ? answer.problem()
                    : refusal(answer), answer.failure());
        }
    }

    /** What People.ai answered in place of data. */
    static String refusal(ApiAnswer answer) {
        return answer.refusal() != null ? answer.refusal() : AnswerTexts.answer(answer);
    }

    /** Makes the message one that says which fragment it is about, and nothing else. */
    static Message describe(Exchange exchange, Fragment fragment) {
        Message message = new DefaultMessage(exchange.getContext());
        exchange.setMessage(message);
        message.setHeader(FragmentDownloads.JOB, fragment.job());
        message.setHeader(FragmentDownloads.FRAGMENT, fragment.index());
        message.setHeader(FragmentDownloads.START_DATE, fragment.days().first().toString());
        message.setHeader(FragmentDownloads.END_DATE, fragment.days().last().toString());
        message.setHeader(FragmentDownloads.TYPE, fragment.type().toString());
        message.setHeader(Exchange.FILE_NAME, fragment.fileName());
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
        return message;
    }

    /** Makes the message the chunk for the sink. */
    static void load(Exchange exchange, Fragment fragment, Path file) {
        Message message = describe(exchange, fragment);
        // As a file consumer hands it on; Camel would copy a plain file into memory.
        message.setBody(FileConsumer.asGenericFile(file.getParent().toString(), file.toFile(), null, false));
    }
}
