// SPDX-License-Identifier: Apache-2.0
/**
 * What flows from outside the disk may be: those that the console and the API save, and what is tried there.
 */
package dev.gtmroutes.lint.trust;
