// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.BodyReader;
import dev.gtmroutes.paged.page.PageForm;
import dev.gtmroutes.paged.page.RecordPage;

/** Reads the answer to a request for a page. What comes with another status than 200 is no page. */
record PageReader(PagedRead read, PageForm form) implements BodyReader {

    static final int PAGE = 200;

    /** As in {@code Link: <https://api.example.com/records?offset=20>; rel="next"}. */
    private static final Pattern LINK = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\\b", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean takes(int status) {
        return status == PAGE;
    }

    @Override
    public void read(InputStream body) throws IOException {
        read.take(RecordPage.read(body, form));
    }

    /** The link to the next page in the headers of an answer; null if there is none. */
    static String next(ApiAnswer answer) {
        List<String> links = answer.headers().getOrDefault("Link", List.of());
        Matcher link = LINK.matcher(String.join(", ", links));
        return link.find() ? link.group(1).strip() : null;
    }

    /** When the API says that it answered; null if it does not. */
    static Instant time(ApiAnswer answer) {
        try {
            String date = answer.header("Date");
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
