/**
 * Pages and API of dead letters: list, details, replay.
 */
package dev.gtmroutes.console.letters;
