// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a person has to know of an export: jobs and downloads that take too long, and data that is not what People.ai says.
 *
 * @param patience how long a job may take, or nothing may go on
 * @param now      the time
 */
record ExportConcerns(Duration patience, Instant now) {

    private static final int MOST_SHOWN = 10;

    /**
     * Each is one line.
     *
     * @param compare whether it matters that bytes differ
     * @param running whether the flow of the export runs here: one that is paused need not go on
     */
    List<String> of(ExportState state, boolean compare, boolean running) {
        List<String> all = new ArrayList<>();
        for (ExportWindow each : state.windows()) {
            if (each.state() == ExportWindow.State.INCOMPLETE || compare && each.differs()) {
                all.add(each.name() + ": " + each.lastError());
            } else if (each.isJobPending() && isOld(each.created())) {
                all.add("%s: job %s has been %s for %s".formatted(each.name(), each.job(), each.jobState(),
                        age(each.created())));
            } else if (running && isFetched(each) && isOld(each.progress())) {
                all.add("%s: no fragment of job %s has come for %s. %s%s".formatted(each.name(), each.job(),
                        age(each.progress()), state.waitsFor(each)
                                .map(other -> "It waits for the fragments of " + other.name()
                                        + ", which has some of the same days")
                                .orElseGet(() -> "Next: " + WindowNote.nextAction(each)),
                        each.lastError().isEmpty() ? "" : ". Last error: " + each.lastError()));
            }
        }
        if (running) {
            standstill(state).ifPresent(all::add);
        }
        return all.size() > MOST_SHOWN ? all.subList(0, MOST_SHOWN) : all;
    }

    private static boolean isFetched(ExportWindow window) {
        return window.state() == ExportWindow.State.DOWNLOADING || window.state() == ExportWindow.State.CHECKING;
    }

    /** A window waits for its turn as long as others go on. */
    private Optional<String> standstill(ExportState state) {
        boolean works = state.windows().stream().anyMatch(each -> each.isJobPending() || isFetched(each));
        Optional<Instant> last = state.windows().stream().map(ExportWindow::progress).filter(each -> each != null)
                .max(Comparator.naturalOrder());
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Optional<ExportWindow> next = state.windows().stream()
                .filter(each -> each.state() == ExportWindow.State.WAITING && each.days().last().isBefore(today))
                .findFirst();
        return works || last.isEmpty() || !isOld(last.get()) ? Optional.empty()
                : next.map(each -> "%s: no job could be started for %s%s".formatted(each.name(), age(last.get()),
                        each.lastError().isEmpty() ? "" : ". Last error: " + each.lastError()));
    }

    private boolean isOld(Instant since) {
        return since != null && since.plus(patience).isBefore(now);
    }

    private String age(Instant since) {
        Duration age = Duration.between(since, now);
        return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() > 0 ? age.toMinutes() + " min"
                : age.toSeconds() + " s";
    }
}
