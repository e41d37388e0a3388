package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.credential.ApiCall;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileConsumer;

/** The request for a fragment, which goes to a spool, and the chunk that it becomes. */
final class FragmentCall {

    private static final String WATCH = "GtmExportDownloadWatch";

    private FragmentCall() {
    }

    /**
     * Makes the message the request.
     *
     * @param running whether its flow still wants the data
     * @param perPart how long it may take for each 20 MB of its job's data
     */
    static void ask(Exchange exchange, Fragment fragment, Spool spool, BooleanSupplier running, Duration perPart) {
        exchange.setProperty(WATCH, new DownloadWatch(exchange, running, fragment.timeLimit(perPart)));
        JobCalls.request(exchange, fragment.path(), "GET", body -> spool.write(fragment, body));
    }

    /**
     * Looks at the answer: data is on the disk by now.
     *
     * @throws DataLostException if People.ai has the data no longer
     * @throws IOException       if it gave none
     */
    static void answered(Exchange exchange, Fragment fragment) throws IOException {
        end(exchange);
        int status = Failures.status(exchange.getMessage());
        if (status == 404 || status == 410) {
            throw new DataLostException("the data of job " + fragment.job() + " is not there any more: "
                    + refusal(exchange));
        }
        if (status / 100 != 2) {
            throw new IOException(refusal(exchange));
        }
    }

    /** What People.ai answered in place of data. */
    static String refusal(Exchange exchange) {
        return exchange.getProperty(ApiCall.CREDENTIAL_REFUSED, Failures.answer(exchange.getMessage()), String.class);
    }

    /** Why there is no data, or the sink did not take it, as one line. */
    static String why(Exchange exchange, Fragment fragment, Duration perPart, Exception cause) {
        return exchange.getProperty(WATCH) instanceof DownloadWatch watch && watch.isLate()
                ? "the download took longer than %d s, which is all the time there is for %d bytes"
                        .formatted(fragment.timeLimit(perPart).toSeconds(), fragment.size())
                : Failures.text(cause);
    }

    /** The request is over, however it ended. */
    static void end(Exchange exchange) {
        if (exchange.removeProperty(WATCH) instanceof DownloadWatch watch) {
            watch.close();
        }
    }

    /** Notes on the message which fragment it is about, and nothing else. */
    static void describe(Message message, Fragment fragment) {
        message.removeHeaders("*");
        message.setHeader(FragmentDownloads.JOB, fragment.job());
        message.setHeader(FragmentDownloads.FRAGMENT, fragment.index());
        message.setHeader(FragmentDownloads.START_DATE, fragment.days().first().toString());
        message.setHeader(FragmentDownloads.END_DATE, fragment.days().last().toString());
        message.setHeader(FragmentDownloads.TYPE, fragment.type().toString());
        message.setHeader(Exchange.FILE_NAME, fragment.fileName());
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
    }

    /** Makes the message the chunk for the sink. */
    static void load(Message message, Fragment fragment, Path file) {
        describe(message, fragment);
        // As a file consumer hands it on; Camel would copy a plain file into memory.
        message.setBody(FileConsumer.asGenericFile(file.getParent().toString(), file.toFile(), null, false));
    }
}
