// SPDX-License-Identifier: Apache-2.0
/**
 * The mapping of a flow as a table, and the attributes that a person can pick in its form.
 */
package dev.gtmroutes.console.mapping;
