// SPDX-License-Identifier: Apache-2.0
/**
 * Pages and API of dead letters: list, details, replay.
 */
package dev.gtmroutes.console.letters;
