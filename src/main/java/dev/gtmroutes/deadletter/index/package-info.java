// SPDX-License-Identifier: Apache-2.0
/**
 * Finds dead letters among many files without reading them all.
 */
package dev.gtmroutes.deadletter.index;
