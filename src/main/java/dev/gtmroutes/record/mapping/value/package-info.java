// SPDX-License-Identifier: Apache-2.0
/**
 * The right sides of a mapping: what they read of a record, and the types that values are made into. All work on the bytes
 * of the record.
 */
package dev.gtmroutes.record.mapping.value;
