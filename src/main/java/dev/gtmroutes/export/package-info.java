// SPDX-License-Identifier: Apache-2.0
/**
 * People.ai's bulk export: windows, jobs, and the ledger that outlives a crash. Plain Camel and Jackson.
 */
package dev.gtmroutes.export;
