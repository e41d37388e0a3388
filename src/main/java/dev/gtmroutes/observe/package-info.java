/**
 * Metrics and health checks.
 */
package dev.gtmroutes.observe;
