// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import dev.gtmroutes.console.state.SourceConcerns.Progress;
import dev.gtmroutes.delivery.status.InputInWork;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.inbox.Backlog;
import dev.gtmroutes.inbox.Backlog.InboxFile;
import dev.gtmroutes.inbox.UnfinishedNames;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What waits for each flow, with the records in its files as far as these are counted. */
@Singleton
public class WaitingInputs {

    /** Of a flow with more files than these, only files and bytes are known. */
    private static final int MOST_COUNTED = 20;

    private final Backlog inbox;
    private final RecordCounts counts;

    WaitingInputs(RecordCounts counts, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.inbox.unfinished") Optional<String> unfinished) {
        this.counts = counts;
        this.inbox = new Backlog(data.resolve("inbox"), new UnfinishedNames(unfinished.orElse("")));
    }

    /** A file, and how far it is. */
    public record FileProgress(InboxFile file, OptionalLong records, long settled, boolean isInWork) {

        /** Records without an outcome; empty if nobody knows. */
        public OptionalLong left() {
            return records.isPresent() ? OptionalLong.of(Math.max(0, records.getAsLong() - settled)) : OptionalLong.empty();
        }
    }

    /** @param source how far its export or list is; null if it has none */
    WaitingInput of(FlowStatus flow, Progress source) {
        long files = flow.waiting().files();
        if (source != null) {
            return new WaitingInput(files, flow.waiting().bytes(), source.left(), source.unit(), source.done(),
                    source.total());
        }
        if (files == 0) {
            return flow.oldestUndelivered().isPresent() ? new WaitingInput(0, 0, null, "records", 0, 0)
                    : WaitingInput.NOTHING;
        }
        List<FileProgress> each = flow.tellsResponses() || files > MOST_COUNTED ? List.of() : files(flow, MOST_COUNTED);
        boolean allCounted = each.size() == files && each.stream().allMatch(file -> file.records.isPresent());
        Optional<FileProgress> inWork = each.stream().filter(FileProgress::isInWork).findFirst();
        return new WaitingInput(files, flow.waiting().bytes(),
                allCounted ? each.stream().mapToLong(file -> file.left().orElse(0)).sum() : null, "records",
                inWork.map(FileProgress::settled).orElse(0L), inWork.map(file -> file.records().orElse(0)).orElse(0L));
    }

    /** The files that have waited longest. @param most so many at most */
    public List<FileProgress> files(FlowStatus flow, int most) {
        Map<String, Long> inWork = flow.destinations().stream().flatMap(each -> each.work().stream())
                .collect(Collectors.toMap(InputInWork::source, InputInWork::settled, Math::min));
        return inbox.files(flow.id(), most).stream().map(each -> new FileProgress(each, counts.of(each),
                inWork.getOrDefault(each.name(), 0L), inWork.containsKey(each.name()))).toList();
    }
}
