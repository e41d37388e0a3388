/**
 * What the sandbox checks of a request: credential, rate, path, body.
 */
package dev.gtmroutes.sandbox.checks;
