// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form.versions;

/** Knows who makes an edit. */
public interface EditAuthor {

    /** The account of the current request, such as {@code operator}. */
    String account();
}
