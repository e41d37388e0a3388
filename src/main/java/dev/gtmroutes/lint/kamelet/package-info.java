/**
 * Rules for Kamelets. A rule is one small class.
 */
package dev.gtmroutes.lint.kamelet;
