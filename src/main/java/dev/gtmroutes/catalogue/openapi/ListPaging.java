// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.catalogue.openapi.DocumentOperation.Parameter;

/** How a list is read page by page, as far as the names of its parameters and of the attributes of its pages tell. */
final class ListPaging {

    private static final List<String> OFFSET = List.of("offset", "skip", "start_at", "startAt", "start");
    private static final List<String> PAGE = List.of("page", "page_number", "pageNumber", "page[number]", "pageNo");
    private static final List<String> LAST_ID = List.of("starting_after", "after_id", "since_id", "id[gt]");
    private static final List<String> CURSOR = List.of("cursor", "page_token", "pageToken", "page[cursor]", "page_cursor",
            "pageCursor", "next_token", "nextToken", "continuation_token", "continuationToken", "marker", "after",
            "page[after]");
    private static final List<String> SIZE = List.of("per_page", "perPage", "per-page", "page_size", "pageSize",
            "page[size]",
            "limit", "max_results", "maxResults", "count", "size", "top", "$top");
    private static final List<String> NEXT = List.of("next_cursor", "nextCursor", "next_page_token", "nextPageToken",
            "next_token", "nextToken", "next_marker", "next_page", "nextPage", "cursor", "after", "next");
    private static final List<String> TOTAL = List.of("total", "total_count", "totalCount", "total_results", "totalResults");
    private static final List<String> HAS_MORE = List.of("has_more", "hasMore");
    private static final List<String> AROUND = List.of("", "meta", "metadata", "paging", "pagination", "links",
            "meta.paging", "metadata.paging", "paging.next", "response_metadata", "page_info", "pageInfo");
    private static final int USUAL_SIZE = 100;

    private final DocumentOperation operation;
    private final SchemaView page;

    ListPaging(DocumentOperation operation, SchemaView page) {
        this.operation = operation;
        this.page = page;
    }

    void write(EntryText text) throws ImportException {
        String next = path(NEXT, List.of("string", "integer", "number", ""));
        Optional<Parameter> id = first(LAST_ID);
        Optional<Parameter> cursor = first(CURSOR);
        Optional<Parameter> number = first(PAGE);
        Optional<Parameter> offset = first(OFFSET);
        if (cursor.isPresent() && next.isEmpty() && HAS_MORE.stream().anyMatch(page.names()::contains)) {
            text.put("paging", "id").put("pageParameter", cursor.get().name());
            size(text);
            text.note(
                    "paging: a page says whether there are more records, but has no cursor. So the key of its last record"
                            + " is taken for " + cursor.get().name());
        } else if (cursor.isPresent()) {
            text.put("paging", "cursor").put("pageParameter", cursor.get().name());
            size(text);
            text.put("next", next);
            if (next.isEmpty()) {
                text.note("next: the document does not say where a page has the cursor of the next page");
            }
        } else if (id.isPresent()) {
            text.put("paging", "id").put("pageParameter", id.get().name());
            size(text);
        } else if (number.isPresent()) {
            text.put("paging", "page").put("pageParameter", number.get().name());
            if (number.get().schema().path("minimum").asInt(1) == 0 || number.get().schema().path("default").asInt(1) == 0) {
                text.put("firstPage", "0");
            }
            size(text);
            text.put("total", path(TOTAL, List.of("integer", "number")));
        } else if (offset.isPresent()) {
            text.put("paging", "offset").put("pageParameter", offset.get().name());
            size(text);
            text.put("total", path(TOTAL, List.of("integer", "number")));
        } else if (operation.response().path("headers").has("Link") || next.startsWith("links.") || next.equals("next")) {
            text.put("paging", "link").put("next", next);
            size(text);
        } else if (first(SIZE).isPresent()) {
            text.note("paging: the document has a page size, but does not say how the next page is asked for");
        }
    }

    /** A larger page than the usual one is left to the flow; a smaller limit of the vendor is kept. */
    private void size(EntryText text) {
        Optional<Parameter> size = first(SIZE);
        text.put("sizeParameter", size.map(Parameter::name).orElse("none"));
        int most = size.map(each -> each.schema().path("maximum").asInt()).orElse(0);
        if (most > 0) {
            text.put("pageSize", String.valueOf(Math.min(most, USUAL_SIZE))).put("largestPage", String.valueOf(most));
        }
    }

    private Optional<Parameter> first(List<String> names) {
        for (String name : names) {
            for (Parameter each : operation.in("query")) {
                if (each.name().equals(name)) {
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }

    /** The dotted path of the first of these attributes that a page has; empty if it has none. */
    private String path(List<String> names, List<String> types) throws ImportException {
        for (String around : AROUND) {
            SchemaView object = page;
            for (String each : around.isEmpty() ? new String[0] : around.split("\\.")) {
                object = object.property(each);
            }
            for (String name : names) {
                if (object.names().contains(name) && types.contains(object.property(name).type())) {
                    List<String> path = new ArrayList<>(around.isEmpty() ? List.of() : List.of(around));
                    path.add(name);
                    return String.join(".", path);
                }
            }
        }
        return "";
    }
}
