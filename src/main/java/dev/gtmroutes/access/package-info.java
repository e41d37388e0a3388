// SPDX-License-Identifier: Apache-2.0
/** Who may use the console and its API: log-in, roles, and what protects a browser from the pages of others. */
package dev.gtmroutes.access;
