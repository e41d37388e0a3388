// SPDX-License-Identifier: Apache-2.0
/**
 * Vendors and their endpoints, read from the data files of the sandbox.
 */
package dev.gtmroutes.sandbox.catalogue;
