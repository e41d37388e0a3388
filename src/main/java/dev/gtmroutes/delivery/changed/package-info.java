// SPDX-License-Identifier: Apache-2.0
/** {@code onlyChanged}: which records are sent, and what is remembered of those that were delivered. */
package dev.gtmroutes.delivery.changed;
