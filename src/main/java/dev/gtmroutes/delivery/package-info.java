// SPDX-License-Identifier: Apache-2.0
/**
 * Delivers records: cuts batches, sends requests, tries again. {@link dev.gtmroutes.delivery.InputReader} is where to begin.
 */
package dev.gtmroutes.delivery;
