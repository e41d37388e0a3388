// SPDX-License-Identifier: Apache-2.0
/**
 * What a page of a list holds: its records, and what it says of all pages.
 */
package dev.gtmroutes.paged.page;
