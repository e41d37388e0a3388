/**
 * Reads records page by page from a REST API. Plain Camel and Jackson.
 */
package dev.gtmroutes.paged;
