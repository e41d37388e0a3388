// SPDX-License-Identifier: Apache-2.0
/**
 * Reads records page by page from a REST API. Plain Camel and Jackson.
 */
package dev.gtmroutes.paged;
