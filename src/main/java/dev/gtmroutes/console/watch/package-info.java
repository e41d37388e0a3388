// SPDX-License-Identifier: Apache-2.0
/**
 * Pages and API of what happens now: requests, exports, credentials.
 */
package dev.gtmroutes.console.watch;
