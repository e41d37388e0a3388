// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.BodyReader;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.export.JobCalls;
import dev.gtmroutes.sources.AnswerTexts;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.support.DefaultMessage;

/** The request for a fragment, which goes to a spool, and the chunk that it becomes. */
final class FragmentCall {

    private static final int DATA = 200;
    private static final int NO_CONTENT = 204;
    /** Exchange property: whether the next request goes to the other address. It is gone when data is there, or is not. */
    private static final String OTHER = "GtmFragmentOtherAddress";

    /** Spools data; what comes with another status is none. */
    private record DataReader(Fragment fragment, FragmentCache spool) implements BodyReader {

        @Override
        public boolean takes(int status) {
            return status == DATA;
        }

        @Override
        public void read(InputStream body) throws IOException {
            spool.write(fragment, body);
        }
    }

    private FragmentCall() {
    }

    /**
     * Makes the message the request.
     *
     * @param running whether its flow still wants the data
     * @param perPart how long it may take for each 20 MB of its job's data
     */
    static void ask(Exchange exchange, Fragment fragment, FragmentCache spool, BooleanSupplier running, Duration perPart) {
        boolean other = exchange.getProperty(OTHER, false, Boolean.class);
        JobCalls.send(exchange, ApiRequest.get(other ? fragment.otherPath() : fragment.path())
                .readBy(new DataReader(fragment, spool), running, fragment.timeLimit(perPart)));
    }

    /**
     * Looks at the answer: data is on the disk by now, or the fragment has to be asked for at its other address.
     *
     * @throws DataLostException if People.ai has the data no longer, or there is no such fragment
     * @throws IOException       if it gave none, or not all of it
     */
    static void answered(Exchange exchange, Fragment fragment, Duration perPart) throws IOException {
        ApiAnswer answer = ApiAnswer.of(exchange);
        boolean second = Boolean.TRUE.equals(exchange.removeProperty(OTHER));
        if (answer.status() == 404 && fragment.otherPath() != null && !second) {
            exchange.setProperty(OTHER, true);
        } else if (answer.status() == 404 || answer.status() == 410 || fragment.isExtra() && isNone(answer)
                || second && isRefused(answer)) {
            throw new DataLostException("the data of job " + fragment.job() + " no longer exists: " + refusal(answer));
        } else if (answer.outcome() != Outcome.DELIVERED || !answer.isComplete()) {
            throw new IOException(answer.isLate() ? "the download took longer than %d s, the limit for "
                    .formatted(fragment.timeLimit(perPart).toSeconds()) + bytes(fragment)
                    : answer.outcome() == Outcome.DELIVERED ? answer.problem()
                    : refusal(answer), answer.failure());
        } else if (answer.status() != DATA) {
            throw new IOException(refusal(answer) + ", which is not data");
        }
    }

    /** Whether the answer says that there is nothing to be had. */
    private static boolean isNone(ApiAnswer answer) {
        return answer.status() == NO_CONTENT || answer.outcome() == Outcome.REJECTED;
    }

    /** Many an API has no such address. */
    private static boolean isRefused(ApiAnswer answer) {
        return answer.outcome() == Outcome.REJECTED || answer.outcome() == Outcome.REFUSED;
    }

    /** Whether the answer is about more than the fragment, so that others need not be asked for now. */
    static boolean isAboutAll(Exchange exchange, ApiAnswer answer) {
        return answer.status() > 0 && answer.outcome().isAboutAll()
                && !(exchange.getProperty(OTHER) != null && isRefused(answer));
    }

    private static String bytes(Fragment fragment) {
        return fragment.size() < 0 ? "data of unknown size" : fragment.size() + " bytes";
    }

    /**
     * The fragment behind the last one is none if it is empty, or the last one again: the API does not look at its number.
     *
     * @throws DataLostException if that is so
     */
    static void refuseKnown(Fragment fragment, FragmentCache spool) throws IOException {
        if (fragment.ask() == Fragment.Ask.NEXT) {
            FragmentData data = spool.data(fragment);
            if (data.bytes() == 0 || fragment.known() != null && data.isSame(fragment.known())) {
                throw new DataLostException("there is no fragment " + fragment.index() + " of job " + fragment.job());
            }
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
        exchange.setProperty(RunName.PROPERTY, fragment.run());
        // As a file consumer hands it on; Camel would copy a plain file into memory.
        message.setBody(FileConsumer.asGenericFile(file.getParent().toString(), file.toFile(), null, false));
    }
}
