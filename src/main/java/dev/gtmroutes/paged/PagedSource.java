// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Duration;

/** The steps of {@code people-ai-activities-source} and {@code people-ai-activity-participants-source}. */
public class PagedSource extends PagedSteps {

    private static final int USUAL_SIZE = 1000;

    private String records = "all";
    private String startDate = "";
    private String endDate = "";
    private Duration period = Duration.ZERO;
    private int overlapDays = 1;

    public PagedSource() {
        super(PagedReads.ACTIVITIES, USUAL_SIZE);
    }

    @Override
    ReadOrder order() {
        if (period.isNegative() || overlapDays < 0) {
            throw new IllegalArgumentException("period and overlapDays must not be less than 0");
        }
        return ReadOrder.activities(records, startDate, endDate, overlapDays);
    }

    @Override
    Duration period() {
        return period;
    }

    /** What is read: all, email, meeting or call activities, or participants. */
    public void setRecords(String records) {
        this.records = records;
    }

    /** The first day, such as 2025-01-31, in UTC. */
    public void setStartDate(String startDate) {
        this.startDate = startDate;
    }

    /** The last day; blank for no last one. */
    public void setEndDate(String endDate) {
        this.endDate = endDate;
    }

    /** Milliseconds from the end of a read to the next; 0 for one read only. */
    public void setPeriod(long period) {
        this.period = Duration.ofMillis(period);
    }

    /** How many days before the last read began are read once more, for data that comes late. */
    public void setOverlapDays(int overlapDays) {
        this.overlapDays = overlapDays;
    }
}
