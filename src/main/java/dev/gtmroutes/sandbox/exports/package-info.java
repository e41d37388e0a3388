// SPDX-License-Identifier: Apache-2.0
/**
 * The sandbox's activities, exports and downloads.
 */
package dev.gtmroutes.sandbox.exports;
