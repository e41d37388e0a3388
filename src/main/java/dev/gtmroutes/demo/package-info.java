/**
 * Tells what the demo did, and what to look at next.
 */
package dev.gtmroutes.demo;
