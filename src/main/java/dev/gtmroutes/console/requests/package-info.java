// SPDX-License-Identifier: Apache-2.0
/**
 * The last requests, as pages and as JSON.
 */
package dev.gtmroutes.console.requests;
