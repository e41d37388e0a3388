// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.export.JobCalls;
import dev.gtmroutes.inbox.FailureDelays;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.sources.AnswerTexts;
import dev.gtmroutes.sources.LedgerFile;
import dev.gtmroutes.sources.StateFolder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code people-ai-activities-source} and {@code people-ai-activity-participants-source}: one page with each
 * tick, in the order in which their route calls these methods. One tick at a time.
 */
public class PagedSource extends KameletBean {

    private static final Logger LOG = LoggerFactory.getLogger(PagedSource.class);
    private static final String NDJSON = "application/x-ndjson";
    /** However slowly it comes, a page is here by then, or it is asked for again. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final FailureDelays<String> waits = new FailureDelays<>();
    private String records = "all";
    private String startDate = "";
    private String endDate = "";
    private int pageSize = 1000;
    private Duration period = Duration.ZERO;
    private int overlapDays = 1;
    private Path data = Path.of("data");
    private StateFolder state = new StateFolder("");
    private ReadOrder order;
    private PagedRead read;
    /** How long the last answer asks to be left alone; null if it does not. */
    private Duration asked;

    @Override
    protected void getReady() {
        order = ReadOrder.of(records, startDate, endDate);
        if (pageSize < 1 || pageSize > ReadOrder.MOST_RECORDS) {
            throw new IllegalArgumentException("pageSize is " + pageSize + "; it must be from 1 to "
                    + ReadOrder.MOST_RECORDS);
        }
        if (period.isNegative() || overlapDays < 0) {
            throw new IllegalArgumentException("period and overlapDays must not be less than 0");
        }
        DataClaims.claim(camel, data);
    }

    /** Whether there is something to do with this tick. */
    public boolean due(Exchange exchange) {
        beReady();
        String flow = FlowRoute.id(exchange);
        if (waits.isWaiting(flow) || !reading(flow)) {
            return false;
        }
        try {
            if (read == null || !PagedReads.of(camel).hold(read)) {
                read = open(flow);
            }
            return claim(exchange) && (read.hasPage() || read.isDue(period));
        } catch (IOException e) {
            failed(flow, "cannot read the progress: " + e.getMessage());
            return false;
        }
    }

    /** Whether the flow wants data, and of this instance. */
    private boolean reading(String flow) {
        return FlowRoute.reading(camel, flow) && PagedReads.areOurs(camel, flow);
    }

    private PagedRead open(String flow) throws IOException {
        if (!Intake.isFlowId(flow)) {
            throw new IOException("'" + flow + "' cannot be the name of its file. Use letters, digits, dots, dashes and "
                    + "underscores in the id of the flow");
        }
        PagedRead opened = PagedReads.of(camel).read(state.of(data), flow, order, overlapDays);
        opened.open();
        if (!opened.isDue(period)) {
            LOG.info("{}: {} was completely read at {}. To read it again, delete {}", flow, order,
                    opened.progress().ended(), opened.path());
        }
        return opened;
    }

    /** Until the exchange is over, however it ends. */
    private boolean claim(Exchange exchange) {
        PagedRead claimed = read;
        if (!claimed.claim()) {
            return false;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                claimed.release();
            }

            @Override
            public boolean allowHandover() {
                return false;
            }
        });
        return true;
    }

    /** Whether a page has to be asked for: none is left that the sink did not accept. */
    public boolean asks() {
        return !read.hasPage();
    }

    /** Makes the message the request for the next page. */
    public void ask(Exchange exchange) {
        if (read.begin()) {
            LOG.info("{}: reading {}{}", FlowRoute.id(exchange), order,
                    read.ingestedFrom() == null ? "" : ", changes since " + read.ingestedFrom());
        }
        String flow = FlowRoute.id(exchange);
        JobCalls.send(exchange, ApiRequest.of("GET", read.url(pageSize))
                .readBy(body -> read.take(ActivityPage.read(body)), () -> reading(flow), LONGEST));
    }

    /**
     * Looks at the answer: the page has been read by now.
     *
     * @throws IOException if there is none
     */
    public void answered(Exchange exchange) throws IOException {
        if (!read.hasPage()) {
            ApiAnswer answer = ApiAnswer.of(exchange);
            asked = answer.retryAfter();
            throw new IOException(answer.refusal() != null ? answer.refusal()
                    : answer.outcome() == Outcome.DELIVERED ? answer.problem() : AnswerTexts.answer(answer),
                    answer.failure());
        }
    }

    /** Whether the page holds records that the sink has not seen. */
    public boolean hasNews() {
        return read.hasNews();
    }

    /**
     * Makes the message the chunk: the page's new records as NDJSON. Nothing of the request is left on it.
     *
     * @throws IOException if the page, or its progress, cannot be written or read
     */
    public void handOver(Exchange exchange) throws IOException {
        if (!PagedReads.areOurs(camel, FlowRoute.id(exchange))) {
            throw new IOException(LedgerFile.NOT_OURS);
        }
        exchange.setProperty(InputProgress.PROPERTY, read.settled());
        Message chunk = new DefaultMessage(camel);
        exchange.setMessage(chunk);
        chunk.setHeader(Exchange.FILE_NAME, read.name());
        chunk.setHeader(Exchange.CONTENT_TYPE, NDJSON);
        chunk.setBody(new ByteArrayInputStream(read.chunk()));
    }

    /**
     * The sink has accepted the page, or there was nothing new in it.
     *
     * @throws IOException if that cannot be noted
     */
    public void accepted(Exchange exchange) throws IOException {
        String flow = FlowRoute.id(exchange);
        if (!PagedReads.areOurs(camel, flow)) {
            throw new IOException(LedgerFile.NOT_OURS);
        }
        if (waits.worked(flow)) {
            LOG.info("{}: resumed", flow);
        }
        if (read.accepted()) {
            LOG.info("{}: {} is completely read", flow, order);
        }
    }

    /** Something went wrong: the same page is tried again, after a while. */
    public void failed(Exchange exchange) {
        String flow = FlowRoute.id(exchange);
        rest(flow);
        // A stop, or that it is another's turn, is nothing that went wrong.
        if (reading(flow)) {
            failed(flow, Exceptions.text(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
        }
    }

    private void rest(String flow) {
        try {
            read.rest();
        } catch (IOException e) {
            LOG.warn("{}: cannot save the progress of the page now: {}", flow, Exceptions.text(e));
        }
    }

    private void failed(String flow, String why) {
        FailureDelays.Wait wait = waits.failed(flow, why, asked);
        asked = null;
        if (wait.isNews()) {
            LOG.warn("{}: {}. The source tries the page again at growing intervals and skips no record", flow, why);
        }
    }

    /** What is read: all, email, meeting or call activities, or participants. */
    public void setRecords(String records) {
        this.records = records;
    }

    /** The first day, such as 2025-01-31, in UTC. */
    public void setStartDate(String startDate) {
        this.startDate = startDate;
    }

    /** The last day; blank for no last one. */
    public void setEndDate(String endDate) {
        this.endDate = endDate;
    }

    /** The most records of one page, which is held in memory. */
    public void setPageSize(int pageSize) {
        this.pageSize = pageSize;
    }

    /** Milliseconds from the end of a read to the next; 0 for one read only. */
    public void setPeriod(long period) {
        this.period = Duration.ofMillis(period);
    }

    /** How many days before the last read began are read once more, for data that comes late. */
    public void setOverlapDays(int overlapDays) {
        this.overlapDays = overlapDays;
    }

    /** The longest wait before a page is tried again, such as {@code 5m}. */
    public void setRetryMaxDelay(String retryMaxDelay) {
        if (Opening.isKnown(retryMaxDelay)) {
            waits.setMost(Durations.parse(retryMaxDelay));
        }
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** Where it is noted how far reads are; blank for state/ in the data directory. */
    public void setState(String state) {
        this.state = new StateFolder(state);
    }
}
