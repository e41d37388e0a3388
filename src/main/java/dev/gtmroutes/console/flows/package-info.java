// SPDX-License-Identifier: Apache-2.0
/**
 * Pages and API of flows: list, history, files.
 */
package dev.gtmroutes.console.flows;
