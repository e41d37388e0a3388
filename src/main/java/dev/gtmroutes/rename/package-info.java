// SPDX-License-Identifier: Apache-2.0
/**
 * Gives a flow another name, with all that is stored under the one before.
 */
package dev.gtmroutes.rename;
