// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.EarlierIds;
import dev.gtmroutes.progress.FileFingerprint;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.read.CheckedFile;
import dev.gtmroutes.thread.OutOfMemory;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of an inbox directory: which files may be taken, and where they go afterwards. Used by the file consumer of
 * {@code inbox-source}.
 *
 * <ul>
 * <li>A file is taken when its flow runs and nobody has written to it for the quiet time. Names that begin with
 * {@code intake-} appear by a rename when they are finished, and are taken at once. Names of unfinished files are left
 * alone.
 * <li>A file that is renamed, or replaced by one that holds the same records, goes on where it was.
 * <li>A file whose records all have an outcome goes to {@code .done/}, under another name if that one is taken. It is
 * deleted if the intake made it, or where nobody wants to keep it.
 * <li>A symbolic link is not followed. It goes to {@code .failed/} itself.
 * <li>A file in none of the forms of records goes to {@code .failed/}, with the reason in a text file beside it.
 * <li>Any other end leaves the file where it is, with its progress noted. So does a writer who went on writing.
 * <li>A file that failed rests, each time for longer.
 * </ul>
 */
public class InboxFiles implements GenericFileProcessStrategy<File>, PollingConsumerPollStrategy, Service,
        CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);
    /** A flow that fails for every file must not fill the memory with their names. */
    private static final int MOST_RESTS = 10_000;

    private final QuietPeriod quiet = new QuietPeriod();
    private final FailureDelays<Path> rests = new FailureDelays<>(MOST_RESTS, System::nanoTime);
    private final WaitingFiles waiting = new WaitingFiles(quiet, rests);
    private final Disk disk = new Disk();
    private final RenamedFiles renamed = new RenamedFiles(waiting::isFinal, disk);
    private final FileCompletion endings = new FileCompletion(rests, renamed);
    private final InboxErrors errors = new InboxErrors();
    private CamelContext camel;
    private FilesUnderWay underWay;
    private String data;
    private String flow;
    private String folder = "inbox";
    private String csvTypes = "";
    private String csvEmpty = "";
    private CsvCells cells = CsvCells.DEFAULT;
    private boolean prepared;

    /** The data directory. */
    public void setData(String data) {
        this.data = data;
    }

    /** The folder under the data directory that has a directory for each flow. */
    public void setFolder(String folder) {
        this.folder = folder;
    }

    /** Whether a file whose records all have an outcome is kept. */
    public void setKeepDone(boolean keepDone) {
        endings.keepDone(keepDone);
    }

    /** The flow, whose directory this is. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    /** How long nobody may have written to a file before it is taken, such as {@code 2s}. */
    public void setQuiet(String quiet) {
        if (Opening.isKnown(quiet)) {
            this.quiet.setTime(Durations.parse(quiet));
        }
    }

    /** Names of files that are left alone until they are renamed: patterns, see {@link UnfinishedNames}. */
    public void setUnfinished(String unfinished) {
        waiting.setUnfinished(new UnfinishedNames(unfinished));
    }

    /** What the cells of CSV are: {@code text} or {@code auto}. */
    public void setCsvTypes(String csvTypes) {
        this.csvTypes = csvTypes;
    }

    /** What becomes of empty cells of CSV: {@code omit} or {@code text}. */
    public void setCsvEmpty(String csvEmpty) {
        this.csvEmpty = csvEmpty;
    }

    /** Whoever starts a flow again wants to see at once whether it works now. */
    @Override
    public void start() {
        cells = CsvCells.of(csvTypes, csvEmpty);
        DataClaims.claim(camel, Path.of(data));
        rests.forgetAll();
        renamed.forgetAll();
    }

    @Override
    public void stop() {
        // Nothing has to be closed.
    }

    /** The directory that files are taken from. */
    Path directory() {
        return Path.of(data, folder, flow).toAbsolutePath();
    }

    /** Chooses the files of this poll. */
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        FileEndpoint files = (FileEndpoint) endpoint;
        Path directory = directory();
        if (!prepared) {
            prepare(directory, (DefaultConsumer) consumer, files);
            prepared = true;
        }
        // A poll that an error ended leaves its files marked as if they were in work.
        waiting.chosen().stream().map(directory::resolve).filter(each -> !underWay.has(each))
                .forEach(each -> files.getInProgressRepository().remove(each.toString()));
        boolean any = !waiting.look(directory).isEmpty();
        renamed.seen(waiting.progress());
        return any;
    }

    /** The directory is set here, not in the endpoint's URI, where some characters of its name would be decoded. */
    private void prepare(Path directory, DefaultConsumer consumer, FileEndpoint files) {
        try {
            disk.createFolder(directory);
            RenamedFiles.sweep(directory);
            // A file that is delivered must not stay, and be sent again, because there is no room for the folder.
            endings.prepare(directory);
        } catch (IOException e) {
            LOG.warn("Cannot prepare the inbox: {}", Exceptions.text(e));
        }
        files.setFile(directory.toFile());
        files.setFilter(waiting);
        files.setSorter(waiting);
        files.setOnCompletionExceptionHandler(errors);
        consumer.setExceptionHandler(errors);
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        // Each file has been dealt with on its own.
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        // The next look comes soon enough.
        return false;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        // Files stay in the inbox while they are in work, so a crash leaves nothing to be put back.
    }

    @Override
    public boolean begin(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) {
        Path path = path(file);
        if (!FlowRoute.started(exchange) || !underWay.take(path)) {
            return false;
        }
        boolean taken = false;
        try {
            taken = take(path, file, exchange);
        } catch (NoSuchFileException e) {
            // Somebody took it back. That is their right.
        } catch (IOException | RuntimeException e) {
            if (rests.failed(path, Exceptions.text(e)).isNews()) {
                LOG.warn("{} stays in the inbox, because it cannot be read: {}", path.getFileName(), Exceptions.text(e));
            }
        } finally {
            if (!taken) {
                underWay.end(path);
            }
        }
        return taken;
    }

    private boolean take(Path path, GenericFile<File> file, Exchange exchange) throws IOException {
        if (!waiting.mayBeTaken(path, Files.readAttributes(path, BasicFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS))) {
            return false;
        }
        FileFingerprint now = FileFingerprint.of(path);
        if (!underWay.identify(path, now.key())) {
            return false;
        }
        CheckedFile.remember(file, now.key());
        renamed.adopt(path, now);
        ProgressJournal journal = ProgressJournal.open(path, now, disk);
        renamed.forget(path);
        if (journal.isDone()) {
            endings.finish(path, journal);
            return false;
        }
        journal.settled().rename(EarlierIds.of(camel, Path.of(data))::now);
        exchange.setProperty(FileCompletion.JOURNAL, journal);
        exchange.setProperty(InputProgress.PROPERTY, journal.settled());
        exchange.setProperty(CsvCells.PROPERTY, cells);
        return true;
    }

    @Override
    public void abort(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) {
        // Not taken: the file is looked at again at the next poll.
    }

    @Override
    public void commit(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) {
        end(exchange, file, null);
    }

    @Override
    public void rollback(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) {
        Exception cause = exchange.getException();
        OutOfMemory.check(cause);
        end(exchange, file, cause == null ? new IOException("not finished") : cause);
    }

    private void end(Exchange exchange, GenericFile<File> file, Exception cause) {
        // A stop that could wait no longer interrupts; the progress has to get to the disk all the same.
        boolean interrupted = Thread.interrupted();
        try {
            endings.end(exchange, path(file), cause);
        } finally {
            renamed.forget(path(file));
            underWay.end(path(file));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Path path(GenericFile<File> file) {
        return file.getFile().toPath();
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
        this.underWay = FilesUnderWay.of(camel);
        waiting.setUnderWay(underWay);
    }
}
