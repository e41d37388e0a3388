// SPDX-License-Identifier: Apache-2.0
/**
 * Compares bodies of requests with a JSON Schema, for a preview and before they are sent.
 */
package dev.gtmroutes.record.schema;
