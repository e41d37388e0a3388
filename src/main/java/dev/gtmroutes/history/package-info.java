// SPDX-License-Identifier: Apache-2.0
/** What each flow did in the last 30 days: counts per minute and per hour, and one line for each input. */
package dev.gtmroutes.history;
