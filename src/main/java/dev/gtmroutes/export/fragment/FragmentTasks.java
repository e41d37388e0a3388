// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.delivery.outcome.DeadLetters;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.InputCompletion;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.sources.StateFolder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code people-ai-fragment-action}: of a task they make the fragment that it is about. Its data stays on
 * the disk until the source is done with the task, and longer if the task is to come again.
 */
public class FragmentTasks extends KameletBean {

    private static final Logger LOG = LoggerFactory.getLogger(FragmentTasks.class);
    private static final String TASK = "GtmFragmentTask";
    private static final String TEMPLATE = "people-ai-fragment";

    private Duration downloadTime = Duration.ofMinutes(1);
    private Path data = Path.of("data");
    private StateFolder state = new StateFolder("");
    private FragmentReports reports;
    private DeadLetters deadLetters = new DeadLetters();

    /** A task in work. @param missing whether People.ai does not have the data */
    private record Task(SourceRecord record, String source, Fragment fragment, TaskSpool spool, AtomicBoolean missing) {
    }

    @Override
    protected void getReady() {
        DataClaims.claim(camel, data);
        reports = new FragmentReports(state.open(data), new Disk());
    }

    /**
     * Reads the task. What is none goes to the dead letters, and the message no further.
     *
     * @throws IOException if there are several, the fragment is in work already, or the disk fails
     */
    public void begin(Exchange exchange) throws IOException {
        beReady();
        Message message = exchange.getMessage();
        String source = message.getHeader(Exchange.FILE_NAME, exchange.getFromRouteId(), String.class);
        SourceRecord record = record(message, source);
        if (record == null) {
            exchange.setRouteStop(true);
            return;
        }
        try {
            if (!record.wellFormed()) {
                throw new IllegalArgumentException(record.problem());
            }
            take(exchange, record, source, FragmentTask.read(record.bytes()));
        } catch (IllegalArgumentException e) {
            reject(exchange, record, source, Exceptions.text(e));
        }
    }

    private SourceRecord record(Message message, String source) throws IOException {
        try (RecordReader records = RecordReader.open(message.getBody(), source, camel)) {
            SourceRecord first = records.hasNext() ? records.next() : null;
            if (records.hasNext()) {
                throw new IOException("the input contains several tasks, but only one fragment can be fetched at a time. "
                        + "Set recordsPerPoll: 1 in kafka-records-source");
            }
            return first;
        } catch (NotRecordsException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void take(Exchange exchange, SourceRecord record, String source, Fragment fragment) throws IOException {
        String flow = FlowRoute.id(exchange);
        if (!Intake.isFlowId(flow)) {
            throw new IOException("'" + flow + "' cannot be the name of a folder. Use letters, digits, dots, dashes and "
                    + "underscores in the id of the flow");
        }
        InputCompletion end = exchange.getProperty(InputCompletion.PROPERTY, InputCompletion.class);
        if (end == null) {
            throw new IOException("tasks of fragments must come from kafka-records-source, because only this source reports "
                    + "when a fragment can be deleted. Change the source of the flow");
        }
        TaskSpool spool = TaskSpools.spool(camel, data, flow);
        if (!spool.take(fragment)) {
            throw new IOException(fragment + " is already being delivered, because its task arrived twice");
        }
        Task task = new Task(record, source, fragment, spool, new AtomicBoolean());
        exchange.setProperty(TASK, task);
        end.whenDone(over -> giveBack(flow, task, over));
        if (spool.isDone(fragment)) {
            LOG.info("{}: {}: {} arrived again and was skipped, because all its records have an "
                    + "outcome", flow, source, fragment);
            exchange.setRouteStop(true);
        }
    }

    private void giveBack(String flow, Task task, boolean over) {
        try {
            if (over) {
                report(task);
            }
        } catch (IOException e) {
            LOG.warn("{}: {}: the export is not told that it is delivered: {}", flow, task.fragment, Exceptions.text(e));
        }
        try {
            task.spool.giveBack(task.fragment, over);
        } catch (IOException e) {
            LOG.warn("{}: {}: its file cannot be deleted before the next start: {}", flow, task.fragment,
                    Exceptions.text(e));
        }
    }

    /** First of all: if the program ends before the task is known to be done, it is done, and reported, once more. */
    private void report(Task task) throws IOException {
        if (task.missing.get()) {
            reports.write(task.fragment, null);
        } else if (task.spool.spool().has(task.fragment)) {
            reports.write(task.fragment, task.spool.spool().data(task.fragment));
        }
    }

    /** Whether the fragment has to be fetched; it may lie here since an earlier try. */
    public boolean isMissing(Exchange exchange) {
        Task task = task(exchange);
        return !task.spool.spool().has(task.fragment);
    }

    /** Makes the message the request for the fragment. */
    public void ask(Exchange exchange) {
        Task task = task(exchange);
        String flow = FlowRoute.id(exchange);
        FragmentCall.ask(exchange, task.fragment, task.spool.spool(), () -> FlowRoute.reading(camel, flow), downloadTime);
    }

    /**
     * Looks at the answer: data is on the disk by now.
     *
     * @throws IOException if it is none
     */
    public void answered(Exchange exchange) throws IOException {
        FragmentCall.answered(exchange, task(exchange).fragment, downloadTime);
    }

    /**
     * There is no data. What People.ai has no longer goes to the dead letters, and the message no further.
     *
     * @throws IOException for all else: the task has to come again
     */
    public void failed(Exchange exchange) throws IOException {
        Task task = task(exchange);
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String why = Exceptions.text(cause);
        if (!(cause instanceof DataLostException)) {
            throw new IOException(task.fragment + ": " + why, cause);
        }
        task.missing.set(true);
        if (task.fragment.isExtra()) {
            LOG.info("{}: {}: {}", FlowRoute.id(exchange), task.fragment, why);
            exchange.setRouteStop(true);
            return;
        }
        reject(exchange, task.record, task.source,
                why + "; an export that shares gtm.state with this program starts another "
                        + "job, otherwise start another export for " + task.fragment.days());
    }

    private void reject(Exchange exchange, SourceRecord record, String source, String why) throws IOException {
        String flow = FlowRoute.id(exchange);
        deadLetters.reject(flow, exchange.getFromRouteId(), TEMPLATE, source, List.of(record), why);
        LOG.warn("{}: {}: task rejected, see the dead letters: {}", flow, source, why);
        exchange.setRouteStop(true);
    }

    /**
     * Makes the message the chunk for the sink. An empty one goes no further.
     *
     * @throws IOException if the file cannot be read
     */
    public void load(Exchange exchange) throws IOException {
        Task task = task(exchange);
        FragmentCall.refuseKnown(task.fragment, task.spool.spool());
        Path file = task.spool.chunk(task.fragment);
        FragmentCall.load(exchange, task.fragment, file);
        InputProgress settled = task.spool.settled(task.fragment);
        settled.countOnly(exchange.getMessage().getBody());
        exchange.setProperty(InputProgress.PROPERTY, settled);
        exchange.setRouteStop(Files.size(file) == 0);
    }

    private static Task task(Exchange exchange) {
        return exchange.getProperty(TASK, Task.class);
    }

    /** How long a download may take for each 20 MB of its job's data, such as {@code 60s}. */
    public void setDownloadTime(String downloadTime) {
        if (Opening.isKnown(downloadTime)) {
            this.downloadTime = Durations.parse(downloadTime);
        }
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** The directory for state that the export source uses, too; blank for state/ in the data directory. */
    public void setState(String state) {
        this.state = new StateFolder(state);
    }

    /** Where tasks go that cannot be carried out. */
    public void setDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }
}
