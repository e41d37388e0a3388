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
import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.export.JobCalls;
import dev.gtmroutes.inbox.FailureDelays;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.paged.page.RecordPage;
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
 * The steps of a source that reads a list page by page, in the order in which its route calls these methods. One tick of its
 * timer at a time; a tick goes on as long as pages come.
 */
public abstract class PagedSteps extends KameletBean {

    private static final Logger LOG = LoggerFactory.getLogger(PagedSteps.class);
    private static final String NDJSON = "application/x-ndjson";
    private static final int NO_CONTENT = 204;
    /** However slowly it comes, a page is here by then, or it is asked for again. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String NESTED = "another Kamelet begins with this source. Camel would drop its records at "
            + "kamelet:sink without a word. Copy the steps of the source into that Kamelet";

    private final String kind;
    private final FailureDelays<String> waits = new FailureDelays<>();
    private long credentials;
    private int pageSize;
    private Duration readPatience = ReadConcerns.USUAL_PATIENCE;
    /** Null for what the settings say. */
    private Path data;
    private StateFolder state;
    private ReadOrder order;
    private PagedRead read;
    /** How long the last answer asks to be left alone; null if it does not. */
    private Duration asked;

    /** @param kind folder of its progress, under the directory for state */
    PagedSteps(String kind, int pageSize) {
        this.kind = kind;
        this.pageSize = pageSize;
    }

    /** What is to be read. @throws IllegalArgumentException if the properties make no sense; the message is one sentence */
    abstract ReadOrder order();

    /** The time from the end of a read to the next; zero for one read only. */
    abstract Duration period();

    @Override
    protected void getReady() {
        order = order();
        if (pageSize < 1 || pageSize > ReadOrder.MOST_RECORDS) {
            throw new IllegalArgumentException("pageSize is " + pageSize + "; it must be from 1 to "
                    + ReadOrder.MOST_RECORDS);
        }
        data = data != null ? data : DataClaims.usual(camel);
        state = state != null ? state : new StateFolder(camel.resolvePropertyPlaceholders("{{gtm.state:}}"));
        DataClaims.claim(camel, data);
    }

    /** Whether there is something to do now: with a tick, and again when it has read a page. */
    public boolean due(Exchange exchange) {
        beReady();
        String flow = FlowRoute.id(exchange);
        forgetOldCredential();
        if (waits.isWaiting(flow) || !reading(flow)) {
            return false;
        }
        try {
            if (FlowRoute.isInOtherKamelet(exchange)) {
                throw new IOException(NESTED);
            }
            if (read == null || !PagedReads.of(camel).hold(read) || !read.hasPage() && !read.reads(order)) {
                open(flow, exchange.getExchangeId());
            }
            return !read.concerns().isStopped() && claim(exchange) && (read.hasPage() || read.isDue(period()));
        } catch (IOException e) {
            failed(flow, "cannot begin: " + e.getMessage());
            return false;
        }
    }

    /** After a person has stored another credential, nothing waits for what the one before it brought about. */
    private void forgetOldCredential() {
        long now = StoredCredentials.of(camel).revision();
        if (credentials != now) {
            credentials = now;
            waits.forgetAll();
        }
    }

    /** Whether the flow wants data, and of this instance. */
    private boolean reading(String flow) {
        return FlowRoute.reading(camel, flow) && areOurs(flow);
    }

    private boolean areOurs(String flow) {
        return PagedReads.areOurs(camel, kind, flow);
    }

    private void open(String flow, String exchange) throws IOException {
        if (!Intake.isFlowId(flow)) {
            throw new IOException("'" + flow + "' cannot be the name of its file. Use letters, digits, dots, dashes and "
                    + "underscores in the id of the flow");
        }
        PagedRead opened = PagedReads.of(camel).read(state.open(data), kind, flow, order, exchange);
        if (opened == read) {
            return;
        }
        opened.open();
        opened.concerns().restarted();
        opened.concerns().setPatience(readPatience);
        read = opened;
        if (!opened.isDue(period())) {
            LOG.info("{}: {} was completely read at {}. To read it again, delete {}", flow, order,
                    opened.progress().ended(), opened.path());
        }
    }

    /** Until the exchange is over, however it ends. */
    private boolean claim(Exchange exchange) {
        PagedRead claimed = read;
        PagedRead.Claim claim = claimed.claim(exchange.getExchangeId());
        if (claim == PagedRead.Claim.NEW) {
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
        }
        return claim != PagedRead.Claim.OF_ANOTHER;
    }

    /** Whether a page has to be asked for: none is left that the sink did not accept. */
    public boolean asks() {
        return !read.hasPage();
    }

    /** Makes the message the request for the next page. */
    public void ask(Exchange exchange) throws IOException {
        String flow = FlowRoute.id(exchange);
        if (read.begin()) {
            LOG.info("{}: reading {}{}", flow, order, read.progress().since() == null ? ""
                    : ", changes since " + order.changes().precision().text(read.progress().since()));
        }
        JobCalls.send(exchange, ApiRequest.get(read.url(pageSize)).forTemplate(order.template(read.progress()), "")
                .readBy(new PageReader(read, order.form()), () -> reading(flow), LONGEST));
    }

    /**
     * Looks at the answer: the page has been read by now.
     *
     * @throws IOException if there is none
     */
    public void answered(Exchange exchange) throws IOException {
        ApiAnswer answer = ApiAnswer.of(exchange);
        String flow = FlowRoute.id(exchange);
        if (answer.status() == NO_CONTENT && !read.hasPage() && !order.form().strict()) {
            read.take(RecordPage.EMPTY);
        }
        if (!read.hasPage()) {
            if (answer.outcome() == Outcome.REJECTED && read.expires(answer.status())) {
                read.concerns().note("expired", order.name() + ": what leads to the next page had expired ("
                        + AnswerTexts.answer(answer, order.api()) + "), so the source began the list again");
                tell(flow);
                throw new AskAgainException("the list begins again");
            }
            asked = answer.retryAfter();
            read.concerns().refused(answer.outcome() == Outcome.CREDENTIAL);
            throw new IOException(answer.refusal() != null ? answer.refusal()
                    : answer.outcome() == Outcome.DELIVERED && answer.status() == PageReader.PAGE ? answer.problem()
                    : AnswerTexts.answer(answer, order.api()), answer.failure());
        }
        read.concerns().refused(false);
        PageDoubts.Verdict verdict = read.check(pageSize, PageReader.next(answer), PageReader.time(answer));
        tell(flow);
        if (verdict == PageDoubts.Verdict.ASK_AGAIN) {
            throw new AskAgainException("the page is too short");
        } else if (verdict == PageDoubts.Verdict.CAPPED) {
            LOG.warn("{}: {} gives fewer records than a page may have ({}). The source reads on behind the last of "
                    + "them and skips no record", flow, order.api(), pageSize);
        }
    }

    private void tell(String flow) {
        read.concerns().takeNews().forEach(each -> LOG.warn("{}: {}", flow, each));
    }

    /** A page is asked for again at once. */
    private static final class AskAgainException extends IOException {

        AskAgainException(String why) {
            super(why);
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
        if (!areOurs(FlowRoute.id(exchange))) {
            throw new IOException(LedgerFile.NOT_OURS);
        }
        exchange.setProperty(InputProgress.PROPERTY, read.settled());
        exchange.setProperty(RunName.PROPERTY, read.run());
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
        if (!areOurs(flow)) {
            throw new IOException(LedgerFile.NOT_OURS);
        }
        if (waits.worked(flow)) {
            LOG.info("{}: resumed", flow);
        }
        RunName run = read.run();
        if (read.accepted()) {
            DestinationRegistry.of(camel).inputs().ended(flow, run);
            LOG.info("{}: {} is completely read", flow, read.progress().order());
        }
    }

    /** Something went wrong: the same page is tried again, after a while. */
    public void failed(Exchange exchange) {
        String flow = FlowRoute.id(exchange);
        rest(flow);
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (cause instanceof ReadStoppedException) {
            read.concerns().stopped(Exceptions.text(cause));
            LOG.warn("{}: {}. The read stops; the records behind are not read. Restart the flow to try again", flow,
                    Exceptions.text(cause));
        } else if (!(cause instanceof AskAgainException) && reading(flow)) {
            // A stop, or that it is another's turn, is nothing that went wrong.
            failed(flow, Exceptions.text(cause));
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
        if (read != null) {
            read.concerns().failed(why);
        }
        if (wait.isNews()) {
            LOG.warn("{}: {}. The source tries the page again at growing intervals and skips no record", flow, why);
        }
    }

    /** The most records of one page, which is held in memory. */
    public void setPageSize(int pageSize) {
        this.pageSize = pageSize;
    }

    /** The longest wait before a page is tried again, such as {@code 5m}. */
    public void setRetryMaxDelay(String retryMaxDelay) {
        if (Opening.isKnown(retryMaxDelay)) {
            waits.setMost(Durations.parse(retryMaxDelay));
        }
    }

    /** How long a read may go on without a page before a person has to know, such as {@code 6h}. */
    public void setReadPatience(String readPatience) {
        if (Opening.isKnown(readPatience)) {
            this.readPatience = Durations.parse(readPatience);
        }
    }

    /** The data directory; that of the settings if it is not given. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** Where it is noted how far reads are; blank for state/ in the data directory. */
    public void setState(String state) {
        this.state = new StateFolder(state);
    }
}
