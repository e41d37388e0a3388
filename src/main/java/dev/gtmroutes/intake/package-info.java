// SPDX-License-Identifier: Apache-2.0
/**
 * Takes records over HTTP.
 */
package dev.gtmroutes.intake;
