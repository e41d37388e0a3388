// SPDX-License-Identifier: Apache-2.0
/**
 * What the destinations of a flow are called, and what becomes of data in which they were called by numbers.
 */
package dev.gtmroutes.flow.names;
