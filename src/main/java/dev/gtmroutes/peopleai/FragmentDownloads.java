package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;

import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.delivery.Settled;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second half of {@code people-ai-export-activities-source}: fetches fragments, some at a time, and hands each to the
 * sink. A fragment is done when the sink's route ended without an exception; whatever else happens, it is tried again.
 */
public class FragmentDownloads {

    /** Header of a fragment: the id of its job. */
    public static final String JOB = "GtmExportJob";

    /** Header of a fragment: its number, from 0. */
    public static final String FRAGMENT = "GtmExportFragment";

    /** Header of a fragment: the first day of its window, such as 2025-01-31. */
    public static final String START_DATE = "GtmExportStartDate";

    /** Header of a fragment: the last day of its window. */
    public static final String END_DATE = "GtmExportEndDate";

    /** Header of a fragment: snapshot or delta. */
    public static final String TYPE = "GtmExportType";

    private static final Logger LOG = LoggerFactory.getLogger(FragmentDownloads.class);
    private static final String TAKEN = "GtmExportFragmentTaken";
    private static final String HANDED_ON = "GtmExportFragmentHandedOn";
    private static final String FEED = "GtmExportFeed";
    private static final String WATCH = "GtmExportDownloadWatch";

    private ExportSource source = new ExportSource();
    private Duration downloadTime = Duration.ofMinutes(1);

    /** The splitter's expression: fragments as long as there are any. Nothing while an earlier tick still finds some. */
    public Iterator<Fragment> next(Exchange exchange) {
        FragmentFeed feed = new FragmentFeed(exchange, source.export(exchange));
        exchange.setProperty(FEED, feed);
        return feed;
    }

    /** Behind the splitter, however it ended. */
    public void end(Exchange exchange) {
        if (exchange.removeProperty(FEED) instanceof FragmentFeed feed) {
            feed.close();
        }
    }

    /** Notes the fragment that is the message's body. */
    public void begin(Exchange exchange) {
        exchange.setProperty(TAKEN, exchange.getMessage().getBody(Fragment.class));
    }

    /** Whether the fragment has to be fetched; it may lie here since an earlier try. */
    public boolean isMissing(Exchange exchange) {
        return !source.export(exchange).spool().has(fragment(exchange));
    }

    /** Makes the message the request for the fragment. */
    public void ask(Exchange exchange) {
        Fragment fragment = fragment(exchange);
        exchange.setProperty(WATCH, new DownloadWatch(exchange, () -> ExportSource.reading(exchange),
                fragment.timeLimit(downloadTime)));
        JobCalls.request(exchange, fragment.path(), "GET", body -> source.export(exchange).spool().write(fragment, body));
    }

    /**
     * Looks at the answer: data is on the disk by now.
     *
     * @throws IOException if it is none
     */
    public void answered(Exchange exchange) throws IOException {
        ((DownloadWatch) exchange.removeProperty(WATCH)).close();
        int status = Failures.status(exchange.getMessage());
        if (status / 100 != 2) {
            refused(exchange, source.export(exchange), status);
        }
        source.export(exchange).worked();
    }

    private static void refused(Exchange exchange, Export export, int status) throws IOException {
        String why = exchange.getProperty(ApiCall.CREDENTIAL_REFUSED, Failures.answer(exchange.getMessage()), String.class);
        if (Failures.isAboutAll(status)) {
            export.troubled(why);
        }
        throw status == 404 || status == 410 ? new DataLostException("the data of job " + fragment(exchange).job()
                + " is not there any more: " + why) : new IOException(why);
    }

    /** Makes the message the chunk for the sink. */
    public void load(Exchange exchange) throws IOException {
        Export export = source.export(exchange);
        Fragment fragment = fragment(exchange);
        Path file = export.chunk(fragment);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(JOB, fragment.job());
        message.setHeader(FRAGMENT, fragment.index());
        message.setHeader(START_DATE, fragment.days().first().toString());
        message.setHeader(END_DATE, fragment.days().last().toString());
        message.setHeader(TYPE, fragment.type().toString());
        message.setHeader(Exchange.FILE_NAME, fragment.fileName());
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
        // As a file consumer hands it on; Camel would copy a plain file into memory.
        message.setBody(FileConsumer.asGenericFile(file.getParent().toString(), file.toFile(), null, false));
        exchange.setProperty(HANDED_ON, new Size(Files.size(file), export.spool().records(fragment, file)));
        // What is behind the sink must not take this for a part of a chunk that it is to count on its own.
        exchange.removeProperty(Exchange.SPLIT_INDEX);
        exchange.removeProperty(Exchange.SPLIT_SIZE);
        exchange.removeProperty(Exchange.SPLIT_COMPLETE);
        exchange.setProperty(Settled.PROPERTY, export.settled(fragment));
    }

    /** Whether there is anything in the chunk. */
    public boolean hasRecords(Exchange exchange) {
        return exchange.getProperty(HANDED_ON, Size.class).bytes > 0;
    }

    /** The sink has accepted it. */
    public void accepted(Exchange exchange) throws IOException {
        Size size = exchange.getProperty(HANDED_ON, Size.class);
        source.export(exchange).accepted(fragment(exchange), size.bytes, size.records);
    }

    /** It was not fetched, or not accepted. */
    public void failed(Exchange exchange) {
        Export export = source.export(exchange);
        Fragment fragment = fragment(exchange);
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        try {
            if (Failures.isStop(cause) || !ExportSource.reading(exchange)) {
                LOG.info("{}: {} stays: {}", export.flow(), fragment,
                        Failures.isStop(cause) ? Failures.text(cause) : "the flow was stopped");
            } else if (cause instanceof DataLostException) {
                export.ledger().lost(fragment, Failures.text(cause));
            } else {
                Waits.Wait wait = export.waits().failed(fragment.toString(), why(exchange, cause));
                LOG.warn("{}: {} is tried again in {} s: {}", export.flow(), fragment, wait.length().toSeconds(),
                        wait.why());
                export.ledger().failed(fragment, wait.why());
            }
        } catch (RuntimeException e) {
            LOG.error("{}: {}", export.flow(), Failures.text(e));
        }
    }

    private String why(Exchange exchange, Exception cause) {
        Fragment fragment = fragment(exchange);
        return exchange.getProperty(WATCH) instanceof DownloadWatch watch && watch.isLate()
                ? "the download took longer than %d s, which is all the time there is for %d bytes"
                        .formatted(fragment.timeLimit(downloadTime).toSeconds(), fragment.size())
                : Failures.text(cause);
    }

    /** Gives the fragment back, however it went. */
    public void release(Exchange exchange) {
        if (exchange.removeProperty(WATCH) instanceof DownloadWatch watch) {
            watch.close();
        }
        source.export(exchange).giveBack(fragment(exchange));
    }

    private static Fragment fragment(Exchange exchange) {
        return exchange.getProperty(TAKEN, Fragment.class);
    }

    /** The parameters. */
    public void setSource(ExportSource source) {
        this.source = source;
    }

    /** How long a download may take for each 20 MB of its job's data, such as {@code 60s}. */
    public void setDownloadTime(String downloadTime) {
        this.downloadTime = Duration.ofMillis(TimeUtils.toMilliSeconds(downloadTime));
    }

    private record Size(long bytes, long records) {
    }
}
