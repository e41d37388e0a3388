// SPDX-License-Identifier: Apache-2.0
/** What the program does by itself from time to time. */
package dev.gtmroutes.upkeep;
