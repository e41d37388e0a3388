// SPDX-License-Identifier: Apache-2.0
/**
 * Writes entries of catalogue files from OpenAPI documents. A document is not trusted: it is read within limits, and nothing
 * outside of it is read, whatever its references say.
 */
package dev.gtmroutes.catalogue.openapi;
