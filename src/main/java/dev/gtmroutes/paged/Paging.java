// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.util.Locale;

import dev.gtmroutes.paged.page.PageForm;

/**
 * How a list is asked for page by page.
 *
 * @param style         what leads from one page to the next
 * @param parameter     of the query, that says which page is asked for
 * @param first         number of the first page, where pages are numbered
 * @param sizeParameter of the query, that says how many records a page may have; blank for none
 */
record Paging(Style style, String parameter, int first, String sizeParameter) {

    /** That of People.ai. */
    static final Paging OF_ACTIVITIES = new Paging(Style.AUTO, "offset", 0, "limit");

    /** What leads from one page to the next. */
    enum Style {

        /** Nothing: there is one page. */
        NONE(""),
        /** How many records come before it. */
        OFFSET("offset"),
        /** Its number. */
        PAGE("page"),
        /** A text in the page before. */
        CURSOR("cursor"),
        /** A URL in the page before, or in its header {@code Link}. */
        LINK(""),
        /** The id of the last record before it. */
        ID("id[gt]"),
        /** How many records come before it, unless the page before says where it is, by a link or a cursor. */
        AUTO("offset");

        private final String usual;

        Style(String usual) {
            this.usual = usual;
        }

        /** Whether its place changes when a record before it is deleted. */
        boolean isNumbered() {
            return this == OFFSET || this == PAGE || this == AUTO;
        }

        /** What that is, in a page that has several. */
        PageForm.Leads leads() {
            return this == CURSOR ? PageForm.Leads.CURSOR : this == LINK ? PageForm.Leads.LINK : PageForm.Leads.ANY;
        }

        /** Whether a page leads to the next one by what it says of it. */
        boolean follows() {
            return this == CURSOR || this == LINK || this == AUTO;
        }
    }

    /** @throws IllegalArgumentException if there is no such style; the message is one sentence */
    static Paging of(String style, String parameter, int first, String sizeParameter) {
        for (Style each : Style.values()) {
            if (each != Style.AUTO && each.name().toLowerCase(Locale.ROOT).equals(style)) {
                String name = parameter.isBlank() ? each.usual : parameter.strip();
                return new Paging(each, name, first, sizeParameter.strip());
            }
        }
        throw new IllegalArgumentException("paging is '" + style + "'. Enter none, offset, page, cursor, link or id");
    }
}
