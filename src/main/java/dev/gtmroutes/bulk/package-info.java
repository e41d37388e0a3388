// SPDX-License-Identifier: Apache-2.0
/**
 * Loads many records into Salesloft by bulk jobs: records are saved to the disk first, and become jobs from there. Plain
 * Camel and Jackson: usable in any Camel runtime.
 */
package dev.gtmroutes.bulk;
