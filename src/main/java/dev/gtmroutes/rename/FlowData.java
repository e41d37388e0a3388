// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.bulk.spool.BulkFolders;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.disk.FolderLock;
import dev.gtmroutes.export.Exports;
import dev.gtmroutes.export.fragment.TaskSpools;
import dev.gtmroutes.inbox.FinishedFiles;
import dev.gtmroutes.kafka.KafkaInputs;
import dev.gtmroutes.outbox.Outboxes;
import dev.gtmroutes.paged.PagedReads;
import dev.gtmroutes.progress.ProgressName;
import dev.gtmroutes.remembered.FormFolder;

/**
 * All that is stored under the name of a flow.
 *
 * @param data  the data directory
 * @param state where sources note how far they are
 */
record FlowData(Path data, Path state) {

    /** A name for questions whose answer does not depend on it. */
    private static final String ANY = "any";
    private static final String HASH = "-00000000";
    /** What is in no work: it is finished, or only kept. */
    private static final Set<String> KEPT = Set.of(FinishedFiles.DONE, FinishedFiles.FAILED);

    /** A file or a folder that gets another name. */
    record Move(Path from, Path to) {
    }

    /** What is there of a flow, with the names that it gets. The sample and the versions of the flow are not among it. */
    List<Move> moves(String from, String to) throws IOException {
        List<Move> all = new ArrayList<>();
        List<Path> before = paths(from);
        List<Path> after = paths(to);
        for (int i = 0; i < before.size(); i++) {
            all.add(new Move(before.get(i), after.get(i)));
        }
        names(from, to).forEach((flow, name) -> {
            if (!flow.equals(from)) {
                all.add(new Move(DeadLetterFile.folder(data, flow), DeadLetterFile.folder(data, name)));
                all.add(new Move(outbox(flow), outbox(name)));
            }
        });
        return all.stream().filter(each -> Files.exists(each.from)).toList();
    }

    /** The names of a flow and of those that tell its webhooks, by the names before. */
    Map<String, String> names(String from, String to) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(from, to);
        for (String each : outboxes(from)) {
            names.put(each + Outboxes.RESPONSES, Outboxes.name(to, destination(from, each)) + Outboxes.RESPONSES);
        }
        return names;
    }

    private List<Path> paths(String flow) {
        List<Path> all = new ArrayList<>(List.of(data.resolve("inbox").resolve(flow), DeadLetterFile.folder(data, flow),
                BulkFolders.ofFlow(data, flow), FormFolder.ofFlow(data, flow), TaskSpools.folder(data, flow)));
        all.addAll(Exports.files(state, flow));
        all.addAll(PagedReads.files(state, flow));
        return all;
    }

    /** @param flow that tells a webhook */
    private Path outbox(String flow) {
        return Outboxes.folder(data).resolve(flow.substring(0, flow.length() - Outboxes.RESPONSES.length()));
    }

    private Set<String> outboxes(String flow) throws IOException {
        Set<String> names = new TreeSet<>(FolderContent.names(Outboxes.folder(data)));
        FolderContent.names(data.resolve("dead-letters")).stream().filter(each -> each.endsWith(Outboxes.RESPONSES))
                .forEach(each -> names.add(each.substring(0, each.length() - Outboxes.RESPONSES.length())));
        names.removeIf(each -> !Outboxes.isOf(flow, each));
        return names;
    }

    /** The name of the destination whose events an outbox has, from either form of {@link Outboxes#name}. */
    private static String destination(String flow, String outbox) {
        if (outbox.startsWith(flow + ".")) {
            return outbox.substring(flow.length() + 1);
        }
        return outbox.substring("flow-".length() + flow.length() + 1, outbox.length() - HASH.length());
    }

    /** Something that is stored under the name of a flow that there is not; empty if there is nothing. */
    Optional<Path> remains(String flow) throws IOException {
        List<Path> all = new ArrayList<>(paths(flow));
        all.add(KafkaInputs.progress(data, flow));
        outboxes(flow).forEach(each -> all.addAll(List.of(Outboxes.folder(data).resolve(each),
                DeadLetterFile.folder(data, each + Outboxes.RESPONSES))));
        for (Path each : all) {
            if (Files.exists(each) && !isNothing(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Whether a folder has nothing in it but a lock. */
    static boolean isNothing(Path path) throws IOException {
        return Files.isDirectory(path) && FolderContent.names(path).stream().allMatch(FolderLock.FILE::equals);
    }

    /** What is being sent, or was sent in part, in words with what to do; empty if nothing is. */
    Optional<String> inWork(String flow) throws IOException {
        Path kafka = KafkaInputs.progress(data, flow);
        if (Files.exists(kafka)) {
            return Optional.of(kafka + " contains the progress of messages that are not committed. " + finish());
        }
        for (Path each : FolderContent.of(BulkFolders.ofFlow(data, flow))) {
            if (FolderContent.of(each).stream().anyMatch(Files::isRegularFile)) {
                return Optional.of("Records in " + each + " wait for a bulk job, or a bulk job runs. " + finish());
            }
        }
        for (Move move : moves(flow, ANY)) {
            Optional<Path> progress = progress(move.from);
            if (progress.isPresent()) {
                return Optional.of(ProgressName.fileOf(progress.get()) + " is delivered in part. " + finish());
            }
        }
        for (String each : names(flow, ANY).keySet()) {
            Path replays = (each.equals(flow) ? data.resolve("inbox").resolve(flow) : outbox(each)).resolve(".replays");
            if (!FolderContent.names(replays).isEmpty()) {
                return Optional.of("Dead letters of " + each + " are being replayed. Try again when that has ended.");
            }
        }
        return Optional.empty();
    }

    private static String finish() {
        return "Activate the flow, wait until this is finished, pause the flow and rename it then.";
    }

    /** A progress file at or below a path. */
    private static Optional<Path> progress(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return ProgressName.isName(path.getFileName().toString()) ? Optional.of(path) : Optional.empty();
        }
        for (Path each : FolderContent.of(path)) {
            Optional<Path> found = KEPT.contains(each.getFileName().toString()) ? Optional.empty() : progress(each);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
