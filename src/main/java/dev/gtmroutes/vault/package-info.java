// SPDX-License-Identifier: Apache-2.0
/** Credentials that the program stores itself, encrypted, in the data directory. */
package dev.gtmroutes.vault;
