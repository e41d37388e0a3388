// SPDX-License-Identifier: Apache-2.0
/**
 * Requests that a flow would send, shown to a person, and one of them sent as a test.
 */
package dev.gtmroutes.delivery.sample;
