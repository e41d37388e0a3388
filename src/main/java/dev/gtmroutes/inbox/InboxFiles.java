package dev.gtmroutes.inbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.record.NotRecordsException;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of an inbox directory: when a file may be taken, and where it goes afterwards. Used by the file consumer
 * of {@code inbox-source}.
 *
 * <ul>
 * <li>A file is taken when its flow runs and nobody has written to it for the quiet time. Names that begin with
 * {@code intake-} appear by a rename when they are finished, and are taken at once.
 * <li>A file whose records all have an outcome goes to {@code .done/}, under another name if that one is taken.
 * <li>A file that holds no records at all goes to {@code .failed/}, with the reason in a text file beside it.
 * <li>Any other end leaves the file where it is, with its progress noted.
 * </ul>
 */
public class InboxFiles implements GenericFileProcessStrategy<File> {

    /** Names of files that are complete as soon as they can be seen. */
    static final String COMPLETE_PREFIX = "intake-";

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Map<Path, Instant> resting = new ConcurrentHashMap<>();
    private Duration quiet = Duration.ofSeconds(2);

    /** How long nobody may have written to a file before it is taken, such as {@code 2s}. */
    public void setQuiet(String quiet) {
        this.quiet = Duration.ofMillis(TimeUtils.toMilliSeconds(quiet));
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        // Files stay in the inbox while they are in work, so a crash leaves nothing to be put back.
    }

    @Override
    public boolean begin(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) throws IOException {
        Path path = path(file);
        if (!FlowRoute.started(exchange) || Instant.now().isBefore(resting.getOrDefault(path, Instant.MIN))
                || !isQuiet(path)) {
            return false;
        }
        exchange.setProperty(Settled.PROPERTY, Progress.read(path));
        return true;
    }

    @Override
    public void abort(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) {
        // Not taken: the file is looked at again at the next poll.
    }

    @Override
    public void commit(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) throws IOException {
        Path path = path(file);
        move(path, ".done");
        Progress.forget(path);
        resting.remove(path);
    }

    @Override
    public void rollback(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
            GenericFile<File> file) throws IOException {
        Path path = path(file);
        Exception cause = exchange.getException();
        if (cause instanceof NotRecordsException) {
            Path failed = move(path, ".failed");
            Files.writeString(failed.resolveSibling(failed.getFileName() + ".reason.txt"), cause.getMessage() + "\n");
            Progress.forget(path);
            LOG.warn("{}: {} is not a file of records: {}. It is now {}", FlowRoute.id(exchange), path.getFileName(),
                    cause.getMessage(), failed);
            return;
        }
        Progress.write(path, exchange.getProperty(Settled.PROPERTY, Settled.class));
        if (cause == null || cause.getCause() != null) {
            resting.put(path, Instant.now().plus(REST_AFTER_FAILURE));
        }
        LOG.warn("{} stays in the inbox: {}", path.getFileName(), cause == null ? "not finished" : cause.getMessage());
    }

    private boolean isQuiet(Path file) throws IOException {
        return file.getFileName().toString().startsWith(COMPLETE_PREFIX)
                || Files.getLastModifiedTime(file).toInstant().plus(quiet).isBefore(Instant.now());
    }

    /** An earlier file of the same name is kept: a rename would replace it without a word. */
    private static Path move(Path file, String directory) throws IOException {
        Path to = Files.createDirectories(file.resolveSibling(directory)).resolve(file.getFileName());
        if (Files.exists(to)) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
            to = to.resolveSibling(name.substring(0, dot) + "." + STAMP.format(Instant.now()) + name.substring(dot));
        }
        return Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path path(GenericFile<File> file) {
        return file.getFile().toPath();
    }
}
