// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

/**
 * The files under {@code routes/} have changed, whether the program changed them or an editor did.
 *
 * @param before the files until now; null at the start of the program
 * @param now    the files from now on
 */
public record FlowEdits(RouteFiles before, RouteFiles now) {
}
