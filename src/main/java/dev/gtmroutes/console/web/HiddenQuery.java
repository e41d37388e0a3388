// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

/** URLs for people who only read: what a flow writes into a query may be as good as a password. */
public final class HiddenQuery {

    private HiddenQuery() {
    }

    /** The URL with {@code ***} for its query, if it has one. */
    public static String of(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query) + "?***";
    }
}
