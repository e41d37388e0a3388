// SPDX-License-Identifier: Apache-2.0
/** What a flow did in the last days: a page, JSON, and CSV for spreadsheets. */
package dev.gtmroutes.console.history;
