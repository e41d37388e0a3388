// SPDX-License-Identifier: Apache-2.0
/**
 * Access tokens: fetched, kept, renewed and replaced.
 */
package dev.gtmroutes.credential.token;
