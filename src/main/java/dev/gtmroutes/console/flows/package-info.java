// SPDX-License-Identifier: Apache-2.0
/**
 * Pages and API of flows: list, form, text, history.
 */
package dev.gtmroutes.console.flows;
