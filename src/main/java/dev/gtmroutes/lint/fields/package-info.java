// SPDX-License-Identifier: Apache-2.0
/**
 * The fields that an endpoint takes, as its template, its schema and its sample say.
 */
package dev.gtmroutes.lint.fields;
