// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import dev.gtmroutes.disk.FolderContent;

/**
 * How far an export is, by its state document, whether the program that exports runs or not.
 *
 * @param flow         id of its flow
 * @param problem      why its document cannot be read, one line; null if it can. There is nothing else then
 * @param trouble      why People.ai is left alone for a while, one line; null if it is not, or another program exports
 * @param patience     how many seconds a job may take, or nothing may go on, before that is one of the concerns
 * @param concerns     what a person has to know, each on one line: jobs and downloads that take too long, data that is not
 *                     what People.ai says, a credential that is refused
 * @param exportType   snapshot or delta
 * @param activityType email, meeting, call or all
 * @param start        the first day
 * @param end          the last day; null for one that goes on for ever
 * @param watermark    the day up to which everything is delivered; null if there is none
 * @param windows      in the order of their days; the oldest that are over may be left out
 */
public record ExportReport(String flow, String problem, String trouble, long patience, List<String> concerns,
        String exportType,
        String activityType,
        LocalDate start, LocalDate end, LocalDate watermark, List<Window> windows) {

    private static final String DOCUMENT = ".json";

    /**
     * Days that one job exports.
     *
     * @param type          snapshot or delta
     * @param start         the first day
     * @param end           the last day
     * @param state         waiting, queued, running, downloading or delivered
     * @param job           the id of its job; empty if it has none
     * @param jobState      the word of People.ai for the job's state; empty if there is no job
     * @param jobCreated    when the job was started; null if there is none
     * @param jobCompleted  when the program found out that the job is completed; null before
     * @param progress      when something went on last: a job was started or changed its state, or a fragment was accepted;
     *                      null if unknown
     * @param replaced      how many jobs were started because the data of the one before was not there
     * @param fragments     of the job; 0 until it is completed
     * @param fragmentsDone those that were accepted
     * @param bytes         of these
     * @param allBytes      of all fragments, as People.ai says; 0 until the job is completed, -1 if People.ai does not say
     * @param sum           whether the bytes that were fetched are allBytes: {@code open}, {@code next} or {@code again} as
     *                      long as that is looked for, {@code equal}, {@code less}, {@code more} or {@code not-compared}
     * @param fetchedBytes  bytes that were fetched, those included that an earlier window had brought
     * @param records       in these
     * @param nextAction    what is done next, and when
     * @param retryAt       when a job may be started again; null for at once
     * @param lastError     what went wrong last, one line; empty if nothing has since
     */
    public record Window(String type, LocalDate start, LocalDate end, String state, String job, String jobState,
            Instant jobCreated, Instant jobCompleted, Instant progress, int replaced, int fragments, int fragmentsDone,
            long bytes, long allBytes, String sum, long fetchedBytes, long records, String nextAction,
            Instant retryAt,
            String lastError) {

        private static final JobData NONE = new JobData(0, 0);

        private static Window of(ExportWindow window) {
            JobData data = window.data() == null ? NONE : window.data();
            return new Window(window.type().toString(), window.days().first(), window.days().last(),
                    window.state().toString(), window.job(), window.jobState(), window.created(), window.completed(),
                    window.progress(), window.replaced(), data.fragments(), data.accepted(), data.bytes(), data.size(),
                    data.check().toString(), data.sum(), data.records(), WindowNote.nextAction(window), window.retryAt(),
                    window.lastError());
        }

        /** Whether nothing is left to do. */
        public boolean isDelivered() {
            return state.equals(ExportWindow.State.DELIVERED.toString());
        }
    }

    /**
     * Reads all of them, in the order of their flows.
     *
     * @param state the directory where sources note how far they are
     * @throws IOException if there is such a directory, and it cannot be read
     */
    public static List<ExportReport> all(Path state) throws IOException {
        return FolderContent.of(Exports.folder(state)).stream()
                .filter(each -> each.getFileName().toString().endsWith(DOCUMENT))
                .map(ExportReport::read).toList();
    }

    ExportReport with(String why, Duration patient, List<String> worries) {
        return new ExportReport(flow, problem, why, patient.toSeconds(), worries == null ? concerns : worries, exportType,
                activityType, start,
                end, watermark, windows);
    }

    private static ExportReport read(Path document) {
        String name = document.getFileName().toString();
        String flow = name.substring(0, name.length() - DOCUMENT.length());
        try {
            ExportState state = ExportState.of(Files.readAllBytes(document));
            ExportOrder order = state.order();
            List<String> concerns = new ExportConcerns(ExportSource.USUAL_PATIENCE, Instant.now()).of(state, true, false);
            return new ExportReport(flow, null, null, ExportSource.USUAL_PATIENCE.toSeconds(), concerns,
                    order.type().toString(), order.activityType(),
                    order.startDate(),
                    order.endDate(), state.watermark(), state.windows().stream().map(Window::of).toList());
        } catch (IOException | IllegalArgumentException e) {
            return new ExportReport(flow, document + " cannot be read: " + e.getMessage(), null, 0, List.of(), null, null,
                    null, null, null, List.of());
        }
    }
}
