// SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of each record after a response: delivered, rejected or held, with dead letters and response events.
 */
package dev.gtmroutes.delivery.outcome;
