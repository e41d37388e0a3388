// SPDX-License-Identifier: Apache-2.0
/**
 * The parameter {@code map}: lines {@code target = expression} that make another record of a record. The text is read once,
 * records are mapped on their bytes, so that what no line names keeps them.
 */
package dev.gtmroutes.record.mapping;
