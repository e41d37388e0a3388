// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Duration;

import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.parameter.ParameterText;

/** The steps of {@code rest-records-source}: any list of a REST API, as its parameters describe it. */
public class RecordsSource extends PagedSteps {

    private static final int USUAL_SIZE = 100;

    private final ReadParameters parameters = new ReadParameters();
    private Duration period = Duration.ZERO;

    public RecordsSource() {
        super(PagedReads.LISTS, USUAL_SIZE);
    }

    @Override
    ReadOrder order() {
        return parameters.order();
    }

    @Override
    Duration period() {
        return period;
    }

    /** Who is asked, and with which credential: the state of one account means nothing for another one. */
    public void setApi(String api) {
        parameters.api = text(api);
    }

    /** What is read, such as salesloft-people. */
    public void setName(String name) {
        parameters.name = text(name);
    }

    /** Below the base URL; may have a query. */
    public void setPath(String path) {
        parameters.path = text(path);
    }

    /** Further parameters, {@code name=value&name=value}, not encoded. */
    public void setQuery(String query) {
        parameters.query = text(query);
    }

    /** Where the records are in a response; blank for the response itself. */
    public void setRecords(String records) {
        parameters.records = text(records);
    }

    /** The attribute that identifies a record; blank for the whole record. */
    public void setKey(String key) {
        parameters.key = text(key);
    }

    /** How pages are asked for: none, offset, page, cursor, link or id. */
    public void setPaging(String paging) {
        parameters.paging = text(paging);
    }

    /** The parameter that says which page; blank for the usual one. */
    public void setPageParameter(String pageParameter) {
        parameters.pageParameter = text(pageParameter);
    }

    /** The number of the first page. */
    public void setFirstPage(int firstPage) {
        parameters.firstPage = firstPage;
    }

    /** The parameter that says how many records a page may have; blank for none. */
    public void setSizeParameter(String sizeParameter) {
        parameters.sizeParameter = text(sizeParameter);
    }

    /** Where the number of all records is; blank for the usual places. */
    public void setTotal(String total) {
        parameters.total = text(total);
    }

    /** Where the next page's number, cursor or link is; blank for the usual places. */
    public void setNext(String next) {
        parameters.next = text(next);
    }

    /** The attribute with the time of a record's last change; blank for none. */
    public void setChanged(String changed) {
        parameters.changed = text(changed);
    }

    /** The parameter for records that changed at or after a time; blank if each read reads all. */
    public void setSince(String since) {
        parameters.since = text(since);
    }

    /** The parameter for the other end. */
    public void setUntil(String until) {
        parameters.until = text(until);
    }

    /** Whether records come in the order of their changes. */
    public void setSorted(boolean sorted) {
        parameters.sorted = sorted;
    }

    /** Of the time in since: days, seconds, millis or micros. */
    public void setPrecision(String precision) {
        parameters.precision = text(precision);
    }

    /** What is read once more, such as {@code 5m}. */
    public void setOverlap(String overlap) {
        if (Opening.isKnown(overlap)) {
            parameters.overlap = Durations.parse(overlap);
        }
    }

    /** The points of a page, such as {@code 1-100:1,101-:3}. */
    public void setCosts(String costs) {
        parameters.costs = text(costs);
    }

    /** The time from the end of a read to the next, such as {@code 15m}; {@code 0s} for one read only. */
    public void setPeriod(String period) {
        if (Opening.isKnown(period)) {
            this.period = Durations.parse(period);
        }
    }

    /** In a Kamelet that is generated, a value may be written as one that Camel must not look into. */
    private static String text(String value) {
        return ParameterText.plain(value).strip();
    }
}
