// SPDX-License-Identifier: Apache-2.0
/**
 * What people and programs see of a destination while it delivers: counters, recent requests, and whether and why it is
 * paused.
 */
package dev.gtmroutes.delivery.status;
