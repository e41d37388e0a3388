// SPDX-License-Identifier: Apache-2.0
/**
 * The first page: what needs a person, what was delivered, and the way to a first delivered record.
 */
package dev.gtmroutes.console.overview;
