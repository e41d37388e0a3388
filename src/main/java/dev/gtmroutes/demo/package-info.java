// SPDX-License-Identifier: Apache-2.0
/**
 * Tells what the demo did, and what to look at next.
 */
package dev.gtmroutes.demo;
