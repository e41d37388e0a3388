// SPDX-License-Identifier: Apache-2.0
/**
 * The overview of a flow: how it is and what to do, what it has done, what waits, and its settings in words.
 */
package dev.gtmroutes.console.flows.page;
