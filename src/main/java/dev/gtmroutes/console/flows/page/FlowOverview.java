// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows.page;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.history.Slice;

/**
 * What the page of a flow shows.
 *
 * @param zone        the time zone that today is a day of
 * @param today       since midnight
 * @param yesterday   since the midnight before, until the same time of the day
 * @param oldest      when the oldest record came that has no outcome; null if there is none
 * @param median      of the response times of the last requests, in milliseconds; null without any
 * @param inputs      files that wait, the oldest first
 * @param moreInputs  so many files are not among {@code inputs}
 * @param settings    in words
 * @param noUpload    why no file can be uploaded; empty if one can
 * @param alert       null if the flow does what it should
 */
public record FlowOverview(FlowLine line, String zone, Slice today, Slice yesterday, Instant oldest, Long median,
        List<InputRow> inputs,
        long moreInputs, List<SettingRow> settings, String noUpload, FlowAlert alert, boolean mayChange, boolean mayEdit) {

    /** A number against that of yesterday: how much more, such as {@code 3.1 %}; empty if that says nothing. */
    public String deliveredMore() {
        return yesterday.delivered() == 0 ? "" : String.format(java.util.Locale.ROOT, "%.0f %%",
                100.0 * Math.abs(today.delivered() - yesterday.delivered()) / yesterday.delivered());
    }

    public boolean isMore() {
        return today.delivered() >= yesterday.delivered();
    }

    /** Records that were rejected or are held, today. */
    public long failedToday() {
        return today.rejected() + today.held();
    }

    /** The same until this time yesterday. */
    public long failedYesterday() {
        return yesterday.rejected() + yesterday.held();
    }

    public boolean mayUpload() {
        return mayChange && noUpload.isEmpty();
    }
}
