// SPDX-License-Identifier: Apache-2.0
/**
 * A request to an API and its answer as values, the one HTTP client behind them, and what an answer means. Below all
 * packages that send something: deliveries, sources, webhooks, tests of connections. Plain Java, Camel and Jackson.
 */
package dev.gtmroutes.api;
