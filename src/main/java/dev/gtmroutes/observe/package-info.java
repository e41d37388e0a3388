// SPDX-License-Identifier: Apache-2.0
/**
 * Metrics and health checks.
 */
package dev.gtmroutes.observe;
