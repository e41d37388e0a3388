/**
 * Pages and API of sample requests and test sends.
 */
package dev.gtmroutes.console.samples;
