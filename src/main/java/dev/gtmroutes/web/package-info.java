// SPDX-License-Identifier: Apache-2.0
/**
 * What each page and each response of the program's own HTTP server shares: errors, as pages and as JSON.
 */
package dev.gtmroutes.web;
