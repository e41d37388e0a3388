// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.gtmroutes.delivery.changed.OpenForms;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.disk.FolderLock;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.form.versions.EditAuthor;
import dev.gtmroutes.form.versions.FlowVersions;
import dev.gtmroutes.history.History;
import dev.gtmroutes.inbox.arrival.Intakes;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.outbox.Outboxes;
import dev.gtmroutes.rename.FlowData.Move;
import dev.gtmroutes.sources.StateFolder;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gives flows other names. All that is stored of a flow moves with it, or the rename is refused; after a crash at any
 * moment, the flow has its old name or its new one, with all of it.
 */
@Singleton
public class FlowRenames {

    private static final Logger LOG = Logger.getLogger(FlowRenames.class);
    private static final String DATABASE = "gtm.only-changed.jdbc-url";

    private final CamelContext camel;
    private final Flows flows;
    private final FlowStatuses statuses;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final FlowVersions versions;
    private final History history;
    private final EditAuthor author;
    private final Config settings;
    private final Path data;
    private final FlowData stored;
    private final RenameRefusals refusals;
    private final RenameSteps steps;

    FlowRenames(CamelContext camel, Flows flows, FlowStatuses statuses, FlowFiles files, FlowEditor editor,
            FlowVersions versions,
            History history, EditAuthor author, Config settings, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.state") Optional<String> state) {
        this.camel = camel;
        this.flows = flows;
        this.statuses = statuses;
        this.files = files;
        this.editor = editor;
        this.versions = versions;
        this.history = history;
        this.author = author;
        this.settings = settings;
        this.data = data.toAbsolutePath();
        this.stored = new FlowData(this.data, new StateFolder(state.orElse("")).of(this.data).toAbsolutePath());
        this.refusals = new RenameRefusals(stored, settings);
        this.steps = new RenameSteps(this.data, new Disk());
    }

    /** Before anything uses what is stored, a rename that a crash interrupted is carried out. */
    void finish(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent started) {
        try {
            Optional<RenamePlan> interrupted = steps.interrupted();
            if (interrupted.isPresent()) {
                DataClaims.claim(camel, data);
                steps.carryOut(interrupted.get(), this::carryOutInProgram);
                LOG.infof("Flow %s: renamed to %s; the program ended in the middle of this", interrupted.get().from(),
                        interrupted.get().to());
            }
        } catch (IOException e) {
            // Without a cause, Quarkus prints the message alone.
            throw new ConfigurationException("Not started: a rename of a flow was interrupted and cannot be finished: "
                    + FileErrors.text(e));
        } catch (IllegalStateException e) {
            throw new ConfigurationException(e.getMessage() + " (gtm.data)");
        }
    }

    /**
     * Gives a paused flow another name and returns when it is loaded under it, not activated.
     *
     * @throws RefusedEdit if there is no such flow, no flow can have the new name, or something is in the way
     */
    public void rename(String from, String to) throws RefusedEdit {
        // No other edit of the console comes between.
        synchronized (editor) {
            StoredFlow flow = files.renamable(from, to);
            RenameRefusals.check(statuses.of(from).orElseThrow(FlowRenames::unknown));
            refusals.check(flow, from, to, others(flow.path()));
            String text = files.renamed(flow, from, to);
            checkData(from, to);
            flows.release(flow.path(), () -> move(flow, from, to, text));
            files.awaitKnown(to);
        }
        LOG.infof("Flow %s: renamed to %s", from, to);
    }

    /** Why a flow cannot be renamed as it is now, in one sentence, without what only the new name or its data tells. */
    public Optional<String> obstacle(String flow) {
        try {
            RenameRefusals.check(statuses.of(flow).orElseThrow(FlowRenames::unknown));
            return Optional.empty();
        } catch (RefusedEdit e) {
            return Optional.of(e.getMessage());
        }
    }

    private static RefusedEdit unknown() {
        return RefusedEdit.of(Kind.UNKNOWN, "There is no flow with this name.");
    }

    private List<YamlFile> others(Path path) {
        return flows.files().stream().filter(each -> !each.path().equals(path)).map(each -> YamlFile.read(each.path()))
                .toList();
    }

    private void checkData(String from, String to) throws RefusedEdit {
        refusals.checkData(from, to, inDatabase(), versions.folder(to));
    }

    private Set<String> inDatabase() throws RefusedEdit {
        if (settings.getOptionalValue(DATABASE, String.class).orElse("").isBlank()) {
            return Set.of();
        }
        try {
            return OpenForms.of(camel).memory().all(data).stream().map(each -> each.flow()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw RefusedEdit.of(Kind.CONFLICT, "The program cannot find out what Only Changed remembers of the flow: "
                    + e.getMessage() + ". Try again when the database is available.");
        }
    }

    /** Nothing of the flow runs any more. */
    private void move(StoredFlow flow, String from, String to, String text) throws RefusedEdit {
        Map<String, String> names = Map.of();
        boolean isDone = false;
        try {
            names = stored.names(from, to);
            names.keySet().forEach(this::release);
            versions.release(from);
            try (Closeable letters = lockLetters(from)) {
                if (!Files.readString(flow.path()).equals(flow.text())) {
                    throw RefusedEdit.of(Kind.CHANGED, flow.path() + " has just changed. Try again.");
                }
                checkData(from, to);
                carryOut(plan(flow, from, to, text));
            }
            isDone = true;
        } catch (IOException e) {
            throw RefusedEdit.of(Kind.NOT_WRITTEN, "The flow keeps its name, because its data cannot be moved: "
                    + FileErrors.text(e));
        } finally {
            (isDone ? names.values() : names.keySet()).forEach(this::admit);
            if (!isDone) {
                versions.keepsName(from);
            }
        }
    }

    /** Replays and other actions on dead letters wait meanwhile, those of commands included. */
    private Closeable lockLetters(String flow) throws IOException {
        Path folder = DeadLetterFile.folder(data, flow);
        return Files.isDirectory(folder) ? new FolderLock(folder) : () -> {
        };
    }

    private RenamePlan plan(StoredFlow flow, String from, String to, String text) throws IOException {
        List<Move> moves = new ArrayList<>(stored.moves(from, to));
        Path file = flow.path().toAbsolutePath();
        Path newFile = files.file(to).toAbsolutePath();
        for (Move each : List.of(new Move(SampleFiles.beside(file), SampleFiles.beside(newFile)),
                new Move(versions.folder(from).toAbsolutePath(), versions.folder(to).toAbsolutePath()))) {
            if (Files.exists(each.from())) {
                moves.add(each);
            }
        }
        return new RenamePlan(from, to, author.account(), file, flow.text(), newFile, text, moves, stored.names(from, to));
    }

    private void carryOut(RenamePlan plan) throws IOException {
        steps.begin(plan);
        try {
            steps.carryOut(plan, this::carryOutInProgram);
        } catch (IOException e) {
            try {
                steps.undo(plan);
                Map<String, String> back = new TreeMap<>();
                plan.names().forEach((name, other) -> back.put(other, name));
                history.rename(back);
            } catch (IOException again) {
                LOG.errorf("Flow %s: the rename to %s failed and cannot be undone: %s. The program finishes it when it is "
                        + "started again", plan.from(), plan.to(), FileErrors.text(again));
            }
            throw e;
        }
    }

    private void carryOutInProgram(RenamePlan plan) throws IOException {
        // A pause after equal rejections ends when a person activates the flow.
        plan.names().keySet().forEach(flow -> DestinationRegistry.of(camel).forget(each -> Outboxes.isDelivery(flow, each)));
        versions.renamed(plan.to(), plan.account(), plan.before(), plan.text());
        history.rename(plan.names());
    }

    /** No body and no response event gets into the folders of the flow. */
    private void release(String flow) {
        Intakes.of(camel).release(data.resolve("inbox"), flow);
        Intakes.of(camel).release(Outboxes.folder(data), outbox(flow));
    }

    private void admit(String flow) {
        Intakes.of(camel).admit(data.resolve("inbox"), flow);
        Intakes.of(camel).admit(Outboxes.folder(data), outbox(flow));
    }

    private static String outbox(String flow) {
        return flow.replaceFirst(Outboxes.RESPONSES + "$", "");
    }
}
