// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * One page of a paged read, such as {@code {"data":[…],"meta":{"total":…}}}.
 *
 * @param records its records
 * @param about   what it says of all pages
 */
public record RecordPage(List<PageRecord> records, About about) {

    /** What a response without a body is. */
    public static final RecordPage EMPTY = new RecordPage(List.of(), new About(-1, null, true, 0, -1, false, false));

    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * What a page says of all pages, and of itself.
     *
     * @param total how many records all pages have; -1 if it does not say so
     * @param next  of the next page: its number, a cursor, a URL or a path with a query; null if it says nothing
     * @param ends  whether it says that there is no next page
     * @param size  the most records of a page, as the API says; 0 if it does not
     * @param page  its own number, as the API says; -1 if it does not
     * @param local whether the time of a change has no offset from UTC
     * @param silent whether it says nothing of the next page, not even that there is none
     */
    public record About(long total, String next, boolean ends, long size, long page, boolean local, boolean silent) {
    }

    /**
     * Reads a page to its end.
     *
     * @throws IOException if it breaks off, or is no page; the message is one line
     */
    public static RecordPage read(InputStream in, PageForm form) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("the page is longer than 256 MB. Decrease Page Size");
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            return new PageParser(parser, bytes, form).page();
        } catch (JsonProcessingException e) {
            throw new IOException("the response is not complete JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        }
    }

    /** A record that a page had, by its bytes. */
    public static PageRecord record(byte[] bytes, PageForm form) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            parser.nextToken();
            return new RecordParser(parser, bytes, form).record();
        }
    }
}
