// SPDX-License-Identifier: Apache-2.0
/**
 * Pages and API of sample requests and test sends.
 */
package dev.gtmroutes.console.samples;
