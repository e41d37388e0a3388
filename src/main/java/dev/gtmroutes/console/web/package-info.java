/**
 * What all pages of the console share: errors, navigation, log-in, texts.
 */
package dev.gtmroutes.console.web;
