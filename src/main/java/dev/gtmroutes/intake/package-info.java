/**
 * Takes records over HTTP.
 */
package dev.gtmroutes.intake;
