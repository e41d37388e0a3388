// SPDX-License-Identifier: Apache-2.0
/**
 * Pages and API of credentials, of the last hour, and of what was changed.
 */
package dev.gtmroutes.console.watch;
