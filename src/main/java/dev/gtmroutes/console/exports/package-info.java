// SPDX-License-Identifier: Apache-2.0
/**
 * How far exports and reads of lists are, as a page and as JSON.
 */
package dev.gtmroutes.console.exports;
