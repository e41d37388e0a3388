// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.sources.StateFolder;
import org.apache.camel.Exchange;

/** The parameters of one {@code people-ai-export-activities-source}, and the export that they are about. */
public class ExportSource extends KameletBean {

    /** How long a job may take, or nothing may go on, before a person has to know. */
    static final Duration USUAL_PATIENCE = Duration.ofHours(6);

    private String startDate = "";
    private String endDate = "";
    private String exportType = "snapshot";
    private String activityType = "all";
    private int overlapDays = 1;
    private Duration retryMaxDelay = Duration.ofMinutes(5);
    private Duration jobPatience = USUAL_PATIENCE;
    private boolean compareSize = true;
    private Path data = Path.of("data");
    private StateFolder state = new StateFolder("");
    private ExportOrder order;
    private boolean begun;

    @Override
    protected void getReady() {
        order = ExportOrder.of(startDate, endDate, exportType, activityType);
        if (overlapDays < 0 || overlapDays >= ExportType.MOST_DELTA_DAYS) {
            throw new IllegalArgumentException("overlapDays is " + overlapDays + "; it must be from 0 to "
                    + (ExportType.MOST_DELTA_DAYS - 1));
        }
        DataClaims.claim(camel, data);
    }

    /** The export of the exchange's flow. */
    public Export export(Exchange exchange) {
        beReady();
        String flow = FlowRoute.id(exchange);
        if (!Intake.isFlowId(flow)) {
            throw new IllegalArgumentException("'" + flow + "' cannot be the name of the state of an export. Use letters, "
                    + "digits, dots, dashes and underscores in the id of the flow");
        }
        return Exports.of(exchange.getContext()).export(state.open(data), flow);
    }

    /**
     * Makes the ledger ready for a tick: read, and with the windows that are due.
     *
     * @throws IOException if it cannot be read or written
     */
    synchronized void open(Export export) throws IOException {
        export.setMostWait(retryMaxDelay);
        export.setPatience(jobPatience);
        export.ledger().open(order, overlapDays, compareSize);
        if (!begun) {
            // Whoever starts a flow again wants to see at once whether it works now.
            export.waits().forgetAll();
            export.ledger().forgetRests();
            export.spool().keepOnly(export.ledger().fragments());
            begun = true;
        }
        export.readReports();
        export.forgetWhatIsTooOld();
        export.ledger().checkAgain();
        export.forgetOld();
    }

    /** Whether the flow still wants data, and of this instance. */
    public static boolean reading(Exchange exchange) {
        String flow = FlowRoute.id(exchange);
        return FlowRoute.reading(exchange.getContext(), flow) && Exports.areOurs(exchange.getContext(), flow);
    }

    /** The first day, such as 2025-01-31, in UTC. */
    public void setStartDate(String startDate) {
        this.startDate = startDate;
    }

    /** The last day; blank to go on for ever. */
    public void setEndDate(String endDate) {
        this.endDate = endDate;
    }

    /** What the days mean: snapshot or delta. */
    public void setExportType(String exportType) {
        this.exportType = exportType;
    }

    /** Email, meeting, call or all. */
    public void setActivityType(String activityType) {
        this.activityType = activityType;
    }

    /** How many days before the end of what was exported a next delta begins, for data that comes late. */
    public void setOverlapDays(int overlapDays) {
        this.overlapDays = overlapDays;
    }

    /** The longest wait before something is tried again, such as {@code 5m}. */
    public void setRetryMaxDelay(String retryMaxDelay) {
        if (Opening.isKnown(retryMaxDelay)) {
            this.retryMaxDelay = Durations.parse(retryMaxDelay);
        }
    }

    /** How long a job may take, or nothing may go on, before a person has to know, such as {@code 6h}. */
    public void setJobPatience(String jobPatience) {
        if (Opening.isKnown(jobPatience)) {
            this.jobPatience = Durations.parse(jobPatience);
        }
    }

    /** Whether the bytes of a job's fragments are compared with what People.ai says. */
    public void setCompareSize(boolean compareSize) {
        this.compareSize = compareSize;
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** Where exports note how far they are; blank for state/ in the data directory. */
    public void setState(String state) {
        this.state = new StateFolder(state);
    }
}
