// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

/** The arguments of a command make no sense. The message says why in one line. */
final class UsageException extends Exception {

    UsageException(String message) {
        super(message);
    }
}
