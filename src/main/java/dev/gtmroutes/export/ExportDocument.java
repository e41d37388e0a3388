// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;

import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.sources.LedgerFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of an export, in memory and on the disk. Not safe for use by many threads. */
final class ExportDocument {

    private static final Logger LOG = LoggerFactory.getLogger(ExportDocument.class);

    private final String flow;
    private final LedgerFile file;
    private final Clock clock;
    private ExportState state;

    ExportDocument(String flow, LedgerFile file, Clock clock) {
        this.flow = flow;
        this.file = file;
        this.clock = clock;
    }

    /**
     * Reads it, or begins a new one where there is none for this order.
     *
     * @throws IOException if it cannot be read, or does not hold what was once written
     */
    void open(ExportOrder order) throws IOException {
        if (state == null) {
            state = read();
        }
        if (state != null && !state.order().equals(order)) {
            LOG.warn("{}: the parameters of the export changed, so the export starts again; its earlier state is in "
                    + "{}", flow,
                    file.setAside(clock.instant()));
            state = null;
        }
        if (state == null) {
            state = new ExportState(order, clock.instant());
        }
    }

    private ExportState read() throws IOException {
        byte[] bytes = file.read();
        if (bytes == null) {
            return null;
        }
        try {
            ExportState read = ExportState.of(bytes);
            LOG.info("{}: the export continues; {} of {} windows are left", flow, read.windows().stream()
                    .filter(each -> each.state() != ExportWindow.State.DELIVERED).count(), read.windows().size());
            return read;
        } catch (IllegalArgumentException e) {
            throw new IOException(file.path() + " cannot be used: " + e.getMessage()
                    + ". Correct the file, or move it away to start the export again", e);
        }
    }

    /** Null while what is on the disk has to be read again, with {@link #open}. */
    ExportState state() {
        return state;
    }

    /** @throws UncheckedIOException if it is not on the disk; then what is there counts, and has to be read again */
    void save() {
        try {
            file.write(state.json(flow, clock.instant()));
        } catch (IOException e) {
            state = null;
            throw new UncheckedIOException("cannot write the state of the export to " + file.path() + ": "
                    + FileErrors.text(e), e);
        }
    }
}
