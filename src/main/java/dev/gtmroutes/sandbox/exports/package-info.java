/**
 * The sandbox's activities, exports and downloads.
 */
package dev.gtmroutes.sandbox.exports;
