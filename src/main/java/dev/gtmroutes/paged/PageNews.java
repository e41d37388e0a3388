// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.paged.page.PageForm;
import dev.gtmroutes.paged.page.PageRecord;
import dev.gtmroutes.paged.page.RecordPage;
import dev.gtmroutes.record.RecordForm;

/** What is new in the page that is in work. Not safe for use by many threads. */
final class PageNews {

    private final HandedRecords handed;
    private final PageForm form;
    private List<PageRecord> news = List.of();
    private boolean open;
    private boolean unknown;

    PageNews(HandedRecords handed, PageForm form) {
        this.handed = handed;
        this.form = form;
    }

    /** A page has come: what was not handed over so far, or with another content. Nothing twice. */
    void take(List<PageRecord> records) throws IOException {
        List<PageRecord> fresh = new ArrayList<>();
        Set<RecordForm> inPage = new HashSet<>();
        for (PageRecord each : records) {
            RecordForm content = each.form();
            if (handed.isNews(content) && inPage.add(content)) {
                fresh.add(each);
            }
        }
        news = fresh;
        open = !fresh.isEmpty();
        unknown = anyUnknown();
    }

    private boolean anyUnknown() throws IOException {
        for (PageRecord each : news) {
            if (handed.isUnknown(each.form())) {
                return true;
            }
        }
        return false;
    }

    /** Goes on with what was new before a crash. It may have been accepted just before it: all of it, or nothing. */
    void takeUp(List<byte[]> lines) throws IOException {
        List<PageRecord> records = new ArrayList<>();
        boolean any = false;
        for (byte[] each : lines) {
            PageRecord record = RecordPage.record(each, form);
            records.add(record);
            any |= handed.isNews(record.form());
        }
        news = records;
        open = any;
        unknown = any ? anyUnknown() : !news.isEmpty();
    }

    /** Whether the sink has not accepted all of it. */
    boolean isOpen() {
        return open;
    }

    /** Whether there was anything. @param unknownOnly records that were not handed over with another content before */
    boolean isThere(boolean unknownOnly) {
        return unknownOnly ? unknown : !news.isEmpty();
    }

    List<byte[]> lines() {
        return news.stream().map(PageRecord::bytes).toList();
    }

    /** These records, each on a line. */
    byte[] chunk() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (PageRecord each : news) {
            lines.writeBytes(each.bytes());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** The sink has accepted it. Returns when that is on the disk; it is not handed over a second time then. */
    void accepted() throws IOException {
        if (open) {
            handed.add(news.stream().map(PageRecord::form).toList());
            open = false;
        }
    }

    /** The page is over. */
    void forget() {
        news = List.of();
        open = false;
        unknown = false;
    }
}
