// SPDX-License-Identifier: Apache-2.0
/**
 * Finds records in bytes of any accepted format: lines, JSON arrays and objects, CSV. Plain Java and Jackson.
 */
package dev.gtmroutes.record.read;
