// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the responses of destinations on disk until their webhooks have taken them. An outbox is an inbox with another
 * root, and the webhook a destination like any other. Plain Camel and Jackson: usable in any Camel runtime.
 */
package dev.gtmroutes.outbox;
