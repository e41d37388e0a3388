// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Reads a page once from its beginning to its end: its records, and what it says of all pages. Where a list does not say
 * where that stands, it is looked for in the usual places: the attributes {@code meta}, {@code links}, {@code paging} and
 * {@code pagination}, and {@code metadata} with one of these in it.
 */
final class PageParser {

    private static final Set<String> ABOUT = Set.of("meta", "metadata", "links", "paging", "pagination");
    private static final Set<String> NEXT = Set.of("next", "next_cursor", "nextCursor");
    private static final Set<String> NEXT_NUMBER = Set.of("next_page", "nextPage");
    private static final Set<String> MORE = Set.of("has_more", "hasMore");
    private static final Set<String> TOTAL = Set.of("total", "total_count", "totalCount");
    private static final Set<String> SIZE = Set.of("per_page", "perPage", "page_size", "pageSize");
    private static final Set<String> PAGE = Set.of("current_page", "currentPage");
    private static final int MOST_DEPTH = 3;

    private final JsonParser parser;
    private final PageForm form;
    private final RecordParser records;
    private List<PageRecord> found;
    private long total = -1;
    private String next;
    private boolean ends;
    /** Whether it says something of the next page, if only that there is none. */
    private boolean says;
    /** Whether one of the usual places says that nothing follows. */
    private boolean isNull;
    private long size;
    private long page = -1;

    PageParser(JsonParser parser, byte[] bytes, PageForm form) {
        this.parser = parser;
        this.form = form;
        this.records = new RecordParser(parser, bytes, form);
    }

    RecordPage page() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new IOException("the response is empty");
        }
        if (form.records().isEmpty()) {
            take();
        } else if (first == JsonToken.START_OBJECT) {
            walk(0, true, !form.total().isEmpty(), !form.next().isEmpty(), false);
        } else {
            throw new IOException("the response is not a page: it is not a JSON object");
        }
        if (found == null) {
            throw new IOException("the response is not a page: it has no array '" + form.recordsText() + "'");
        }
        if (isNull && next != null && !form.leads().isOf(next)) {
            next = null;
        }
        ends |= isNull && next == null;
        boolean none = ends && !form.strict() || !form.next().isEmpty() && next == null;
        return new RecordPage(found, new RecordPage.About(total, next, none, size, page, records.isLocal(), !says));
    }

    /** The records begin here. */
    private void take() throws IOException {
        found = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                found.add(records.record());
            }
        } else if (parser.currentToken() == JsonToken.START_OBJECT && !form.strict()) {
            found.add(records.record());
        } else if (parser.currentToken() != JsonToken.VALUE_NULL || form.strict()) {
            throw new IOException("the response is not a page: "
                    + (form.records().isEmpty() ? "it is" : "its '" + form.recordsText() + "' is") + " no array"
                    + (form.strict() ? "" : ", and no object"));
        }
    }

    /**
     * Reads an object to its end.
     *
     * @param depth how many names are behind
     * @param about whether it is one of the usual places
     */
    private void walk(int depth, boolean toRecords, boolean toTotal, boolean toNext, boolean about) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            boolean isRecords = toRecords && leads(form.records(), depth, name);
            boolean isTotal = toTotal && leads(form.total(), depth, name);
            boolean isNext = toNext && leads(form.next(), depth, name);
            boolean isAbout = ABOUT.contains(name) && depth < MOST_DEPTH && (depth == 0 || about);
            if (isRecords && depth + 1 == form.records().size()) {
                take();
                continue;
            }
            if (isTotal && depth + 1 == form.total().size()) {
                total = number(total);
            } else if (isNext && depth + 1 == form.next().size()) {
                next = text();
                says = true;
            } else {
                usual(name, depth == 0 || about, about);
            }
            if (parser.currentToken() == JsonToken.START_OBJECT && (isRecords || isTotal || isNext || isAbout)) {
                walk(depth + 1, isRecords, isTotal, isNext, isAbout);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static boolean leads(List<String> path, int depth, String name) {
        return depth < path.size() && path.get(depth).equals(name);
    }

    private void usual(String name, boolean near, boolean about) throws IOException {
        JsonToken value = parser.currentToken();
        if (form.next().isEmpty() && near && (NEXT.contains(name) || about && NEXT_NUMBER.contains(name))) {
            String text = text();
            // A page may have both, a cursor and a link.
            next = text != null && (next == null || form.leads().isOf(text) || !form.leads().isOf(next)) ? text : next;
            isNull |= value == JsonToken.VALUE_NULL;
            says = true;
        } else if (form.next().isEmpty() && near && MORE.contains(name)) {
            ends |= value == JsonToken.VALUE_FALSE;
            says |= value == JsonToken.VALUE_FALSE;
        } else if (about && form.total().isEmpty() && TOTAL.contains(name)) {
            total = number(total);
        } else if (about && SIZE.contains(name)) {
            size = number(0);
        } else if (about && PAGE.contains(name)) {
            page = number(-1);
        }
    }

    private String text() throws IOException {
        JsonToken value = parser.currentToken();
        boolean text = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
        return text && !parser.getText().isBlank() ? parser.getText().strip() : null;
    }

    private long number(long otherwise) throws IOException {
        JsonToken value = parser.currentToken();
        return (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING)
                && parser.getText().matches("\\d{1,18}") ? Long.parseLong(parser.getText()) : otherwise;
    }
}
