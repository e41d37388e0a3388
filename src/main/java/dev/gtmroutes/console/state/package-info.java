// SPDX-License-Identifier: Apache-2.0
/**
 * How a flow is, in words for people.
 */
package dev.gtmroutes.console.state;
