// SPDX-License-Identifier: Apache-2.0
/**
 * Takes a body that arrives over HTTP into the inbox of a flow: limits, formats, and one file that is complete or absent.
 */
package dev.gtmroutes.inbox.arrival;
