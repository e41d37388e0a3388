// SPDX-License-Identifier: Apache-2.0
/**
 * What the cells of CSV become in a record.
 */
package dev.gtmroutes.record.csv;
