// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

/** A file of flows holds what a form cannot show. Its message says what, in words that go behind "because". */
final class NotAFormException extends Exception {

    private static final long serialVersionUID = 1L;

    NotAFormException(String message) {
        super(message);
    }
}
