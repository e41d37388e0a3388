// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

/**
 * A chunk was not finished: some of its records have no outcome yet, so its source must keep it. Thrown to the source in
 * place of an acknowledgement. The message says why in one line; which records need not be read again is in
 * {@link dev.gtmroutes.progress.InputProgress}. Without a cause, the flow was stopped and nothing is wrong.
 */
public class InputKeptException extends Exception {

    InputKeptException(String message, Throwable cause) {
        super(message, cause);
    }
}
