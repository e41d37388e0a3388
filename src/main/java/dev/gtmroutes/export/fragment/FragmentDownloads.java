// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.export.Export;
import dev.gtmroutes.export.ExportSource;
import dev.gtmroutes.export.JobCalls;
import dev.gtmroutes.inbox.FailureDelays;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.sources.AnswerTexts;
import org.apache.camel.Exchange;
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
    private static final String TAKEN = "GtmExportFragmentInWork";
    private static final String FEED = "GtmExportFeed";

    private ExportSource source = new ExportSource();
    private Duration downloadTime = Duration.ofMinutes(1);
    private boolean handsOver;

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

    /** Notes the fragment that is the message's body. What the tick remembers of its calls is not for the sink. */
    public void begin(Exchange exchange) {
        exchange.removeProperties("Gtm*");
        exchange.setProperty(TAKEN, new Taken(exchange.getMessage().getBody(Fragment.class), 0, 0));
    }

    /** Whether the fragment has to be fetched here; it may lie here since an earlier try. */
    public boolean isMissing(Exchange exchange) {
        return !handsOver && !source.export(exchange).spool().has(fragment(exchange));
    }

    /** Makes the message the request for the fragment. */
    public void ask(Exchange exchange) {
        FragmentCall.ask(exchange, fragment(exchange), source.export(exchange).spool(),
                () -> ExportSource.reading(exchange), downloadTime);
    }

    /**
     * Looks at the answer: data is on the disk by now.
     *
     * @throws IOException if it is none
     */
    public void answered(Exchange exchange) throws IOException {
        Export export = source.export(exchange);
        ApiAnswer answer = ApiAnswer.of(exchange);
        if (FragmentCall.isAboutAll(exchange, answer)) {
            export.trouble().began(FragmentCall.refusal(answer), answer.retryAfter(),
                    answer.outcome() == Outcome.CREDENTIAL);
        }
        FragmentCall.answered(exchange, fragment(exchange), downloadTime);
        export.trouble().ended();
    }

    /** Makes the message the chunk for the sink: the fragment's records, or the task to fetch them as the only record. */
    public void load(Exchange exchange) throws IOException {
        Export export = source.export(exchange);
        Fragment fragment = fragment(exchange);
        // What is behind the sink must not take this for a part of a chunk that it is to count on its own.
        exchange.removeProperty(Exchange.SPLIT_INDEX);
        exchange.removeProperty(Exchange.SPLIT_SIZE);
        exchange.removeProperty(Exchange.SPLIT_COMPLETE);
        // It works on a copy of the exchange: the tick keeps its own.
        exchange.removeProperty(FEED);
        exchange.removeProperty(JobCalls.CALL);
        if (handsOver) {
            FragmentCall.describe(exchange, fragment).setBody(FragmentTask.write(fragment));
            exchange.removeProperty(InputProgress.PROPERTY);
            exchange.setProperty(TAKEN, new Taken(fragment, 0, 0));
            return;
        }
        FragmentCall.refuseKnown(fragment, export.spool());
        Path file = export.chunk(fragment);
        FragmentCall.load(exchange, fragment, file);
        exchange.setProperty(TAKEN, new Taken(fragment, Files.size(file), export.spool().records(fragment, file)));
        InputProgress settled = export.settled(file);
        settled.countOnly(exchange.getMessage().getBody());
        exchange.setProperty(InputProgress.PROPERTY, settled);
    }

    /** Whether there is anything in the chunk. */
    public boolean hasRecords(Exchange exchange) {
        return handsOver || taken(exchange).bytes > 0;
    }

    /** The sink has accepted it. */
    public void accepted(Exchange exchange) throws IOException {
        Taken taken = taken(exchange);
        if (handsOver) {
            source.export(exchange).handedOver(taken.fragment);
        } else {
            Export export = source.export(exchange);
            export.accepted(taken.fragment, taken.bytes, taken.records);
            if (export.isDelivered(taken.fragment)) {
                DestinationRegistry.of(exchange.getContext()).inputs().ended(export.flow(), taken.fragment.run());
            }
        }
    }

    /** It was not fetched, or not accepted. */
    public void failed(Exchange exchange) {
        Export export = source.export(exchange);
        Fragment fragment = fragment(exchange);
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        try {
            if (AnswerTexts.isStop(cause) || !ExportSource.reading(exchange)) {
                LOG.info("{}: {} remains to be delivered: {}", export.flow(), fragment,
                        AnswerTexts.isStop(cause) ? Exceptions.text(cause) : "the flow was stopped");
            } else if (cause instanceof DataLostException) {
                export.missing(fragment, Exceptions.text(cause));
            } else {
                FailureDelays.Wait wait = export.waits().failed(fragment.toString(), Exceptions.text(cause));
                LOG.warn("{}: {} failed, next attempt in {} s: {}", export.flow(), fragment, wait.length().toSeconds(),
                        wait.why());
                export.fragments().failed(fragment, wait.why());
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: {}", export.flow(), Exceptions.text(e));
        }
    }

    /** Gives the fragment back, however it went. */
    public void release(Exchange exchange) {
        source.export(exchange).giveBack(fragment(exchange));
    }

    private static Fragment fragment(Exchange exchange) {
        return taken(exchange).fragment;
    }

    private static Taken taken(Exchange exchange) {
        return exchange.getProperty(TAKEN, Taken.class);
    }

    /** The parameters. */
    public void setSource(ExportSource source) {
        this.source = source;
    }

    /** How long a download may take for each 20 MB of its job's data, such as {@code 60s}. */
    public void setDownloadTime(String downloadTime) {
        if (Opening.isKnown(downloadTime)) {
            this.downloadTime = Durations.parse(downloadTime);
        }
    }

    /** {@code fetch}, or {@code hand-over}: the sink gets tasks instead, for any program to fetch them. */
    public void setFragments(String fragments) {
        if (!Opening.isKnown(fragments)) {
            return;
        }
        if (!fragments.equals("fetch") && !fragments.equals("hand-over")) {
            throw new IllegalArgumentException("fragments is '" + fragments + "'. Enter fetch or hand-over");
        }
        handsOver = fragments.equals("hand-over");
    }

    /** The fragment that the exchange is about, and what there is of it once it is handed on. */
    private record Taken(Fragment fragment, long bytes, long records) {
    }
}
