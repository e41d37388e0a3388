// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

/** Why a request is refused: the status, what in it is wrong, and one sentence about it. */
record RequestRefusal(int status, String field, String message) {
}
